"""Public pages ordered by the day of their last publication."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.approval.models import ApprovalKind
from abierto.approval.overrides.emergency import live_kind_subquery
from abierto.tenancy.tree_paths import branch_paths, find_nearest, parent_path
from abierto.tenancy.visibility import filter_public
from pages.core.routing import HOME_DEPTH
from pages.core.translation import source_language_condition
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage


@dataclass(frozen=True)
class Change:
    """A public page and its last change."""

    page: Page
    title: str
    url: str
    permanent_url: str
    kind: str
    trail: str
    changed_at: datetime.datetime
    is_first: bool
    is_copied: bool
    history_url: str

    @property
    def id(self) -> str:
        """The permanent id of this change, independent of the page's address."""
        return uuid.uuid5(self.page.translation_key, self.changed_at.isoformat()).urn


def list_changed_pages(root: Page | None = None) -> QuerySet[Page]:
    """Return the public pages in the portal's own language, at and below ``root``, the last changed first."""
    pages: QuerySet[Page] = filter_public(
        Page.objects.filter(
            source_language_condition(), depth__gte=HOME_DEPTH, last_published_at__isnull=False
        )
    )
    if root is not None:
        pages = pages.filter(path__startswith=root.path)
    return pages.order_by("-last_published_at", "-path")


def list_pages_changed_in(month: datetime.date, root: Page | None = None) -> QuerySet[Page]:
    """Return the pages that changed last in the month of this day, in the portal's time zone."""
    first = month.replace(day=1)
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    return list_changed_pages(root).filter(
        last_published_at__gte=_midnight(first), last_published_at__lt=_midnight(after)
    )


def list_months(root: Page | None = None) -> list[datetime.date]:
    """Return the first day of each month in which a page changed last, the newest first."""
    moments = list_changed_pages(root).order_by().datetimes("last_published_at", "month", order="DESC")
    return [timezone.localdate(moment) for moment in moments]


def build_changes(pages: Iterable[Page], request: HttpRequest) -> list[Change]:
    """Return the changes of ``pages`` with the titles of their parents and the kind of their plan."""
    found = list(pages)
    paths = {path for page in found for path in branch_paths(page.path)}
    above = Page.objects.filter(path__in=paths, depth__gt=HOME_DEPTH).select_related("planpage")
    ancestors = {page.path: page for page in above.only("path", "depth", "title", "planpage__kind")}
    plans = {path: page.planpage for path, page in ancestors.items() if hasattr(page, "planpage")}
    changes = []
    for page in found:
        parent, plan = ancestors.get(parent_path(page.path)), find_nearest(page.path, plans)
        changes.append(_build_change(page, parent.title if parent else "", plan, request))
    return changes


def annotate_decision(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Annotate each page with the kind of the decision by which it is public (``decided_as``)."""
    return pages.annotate(decided_as=live_kind_subquery())


def _build_change(page: Page, trail: str, plan: PlanPage | None, request: HttpRequest) -> Change:
    return Change(
        page=page,
        title=page.title,
        url=page.get_url(request) or "",
        permanent_url=page_url(page, request),
        kind=_describe_kind(page, plan),
        trail=trail,
        changed_at=page.last_published_at,
        is_first=page.first_published_at == page.last_published_at,
        is_copied=page.decided_as == ApprovalKind.IMPORT,
        history_url=reverse("pages:history", args=[page.pk]),
    )


def _describe_kind(page: Page, plan: PlanPage | None) -> str:
    """Return the label of the page type; a commitment of a work plan is called a line of action."""
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    if model is CommitmentPage and plan and not plan.measures_progress:
        return _("Línea de acción")
    return capfirst(str(model._meta.verbose_name)) if model else ""


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
