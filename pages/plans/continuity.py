"""«Viene de» and «continúa en»: the plan or commitment before and after a plan or commitment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.tenancy.tree_paths import branch_paths, parent_path_of
from pages.core.base import BasePage, BasePageQuerySet
from pages.core.cycles import has_cycle
from pages.core.reads import record_pages

FIELD = "continues"


def find_cycle_errors(page: Any) -> dict[str, str]:
    """Return the error, by field, of a page that continues itself, directly or through others."""
    column = f"{FIELD}_id"

    def find_continued(key: int) -> int | None:
        found: int | None = type(page).objects.filter(pk=key).values_list(column, flat=True).first()
        return found

    if not has_cycle(page.pk, getattr(page, column), find_continued):
        return {}
    return {FIELD: _("Una página no viene de sí misma. Elige otra.")}


@dataclass(frozen=True)
class Successor:
    """A public commitment of a later plan, its address and the title of that plan."""

    page: Any
    url: str
    plan_title: str


def find_successor_keys(commitment: Page) -> QuerySet[Any]:
    """Return the ids of the commitments that continue a commitment in any language."""
    later = type(commitment).objects.filter(continues__translation_key=commitment.translation_key)
    found: QuerySet[Any] = later.order_by().values("pk")
    return found


def with_plan_title(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each page with the title of the page two levels above: of a commitment, that of its plan."""
    plan = Page.objects.filter(path=parent_path_of(OuterRef("path"), 2))
    return pages.annotate(plan_title=Subquery(plan.values("title")[:1]))


def list_successors(related: Iterable[Any], request: HttpRequest) -> list[Successor]:
    """Return the commitments among ``related``, which have the annotation of ``with_plan_title``."""
    return [
        Successor(page.commitmentpage, page.commitmentpage.get_url(request) or "", page.plan_title)
        for page in related
        if hasattr(page, "commitmentpage")
    ]


def annotate_shown(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate whether each page is public and the one of its translations that is shown (``is_shown``)."""
    shown = BasePageQuerySet(Page).public().in_active_language()
    return pages.annotate(is_shown=Exists(shown.filter(pk=OuterRef("pk"))))


def read_continued(page: Any, request: HttpRequest) -> tuple[BasePage, str, Page] | None:
    """Return the public page that ``page`` continues, in the active language, its address and its plan.

    No query for a page that continues none. The plan of a plan is the plan itself.
    """
    if getattr(page, f"{FIELD}_id") is None:
        return None
    same = Page.objects.filter(pk=getattr(page, f"{FIELD}_id")).values("translation_key")
    rows = annotate_shown(type(page).objects.filter(translation_key__in=same))
    record_places(rows)
    found: BasePage | None = next((row for row in rows if row.is_shown), None)
    if found is None:
        return None
    plan = Page.objects.ancestor_of(found, inclusive=True).filter(planpage__isnull=False).get()
    return found, found.get_url(request) or "", plan


def record_places(pages: Iterable[Page]) -> None:
    """Record the paths of pages of other spaces as read: a draft among them is shown once it is public."""
    record_pages(step for page in pages for step in branch_paths(page.path))
