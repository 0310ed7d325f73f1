"""The publication states of a ruling and its parts, as their editors see them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from abierto.approval.models import ReviewTask
from abierto.tenancy.tree_paths import children_of_any, parent_path
from pages.core.formatting import full_date

from .models import RulingPage
from .parts import EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage

#: The parts in the order in which they are written.
PART_ORDER: tuple[Any, ...] = (PublicVersionPage, PlainVersionPage, InfographicPage, EasyReadPage)
MAX_NAMES = 3


class PartStep(StrEnum):
    """The publication state of a page."""

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLIC = "public"
    CHANGED = "changed"


STEP_LABELS = {
    PartStep.MISSING: gettext_lazy("Falta"),
    PartStep.DRAFT: gettext_lazy("Borrador"),
    PartStep.IN_REVIEW: gettext_lazy("En revisión"),
    PartStep.PUBLIC: gettext_lazy("Pública"),
    PartStep.CHANGED: gettext_lazy("Pública, con cambios sin enviar"),
}


@dataclass(frozen=True)
class PartState:
    """The publication state of a ruling or of one of its parts, its first day, and the reviewers."""

    step: PartStep
    since: datetime.date | None
    url: str
    page_id: int | None = None
    reviewers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the state in one sentence."""
        label = str(STEP_LABELS[self.step])
        if self.since is not None:
            label = _("%(state)s desde el %(day)s") % {"state": label, "day": full_date(self.since)}
        if self.reviewers:
            label = _("%(state)s; le toca a %(names)s") % {"state": label, "names": ", ".join(self.reviewers)}
        return label


@dataclass(frozen=True)
class _Review:
    since: datetime.date | None
    names: tuple[str, ...]


def read_part_states(rulings: Collection[Page]) -> dict[str, dict[Any, PartState]]:
    """Return the state of each part of each ruling, and of the ruling, by tree path and class.

    Five queries for any number of rulings. The state of a missing part dates from the day of the ruling.
    """
    if not rulings:
        return {}
    models = ContentType.objects.get_for_models(*PART_ORDER)
    model_of = {kind.pk: model for model, kind in models.items()}
    below = children_of_any(ruling.path for ruling in rulings)
    children = list(Page.objects.filter(below, content_type__in=model_of).order_by("path"))
    reviews = _read_reviews([*rulings, *children])
    found: dict[str, dict[Any, PartState]] = defaultdict(dict)
    for child in children:
        found[parent_path(child.path)].setdefault(
            model_of[child.content_type_id], _describe(child, reviews.get(str(child.pk)))
        )
    for ruling in rulings:
        found[ruling.path][RulingPage] = _describe(ruling, reviews.get(str(ruling.pk)))
        for model in PART_ORDER:
            found[ruling.path].setdefault(model, _describe_missing(ruling, model))
    return found


def _describe(page: Page, review: _Review | None) -> PartState:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if review is not None:
        return PartState(PartStep.IN_REVIEW, review.since, url, page.pk, review.names)
    saved = _day(page.latest_revision_created_at)
    if not page.live:
        return PartState(PartStep.DRAFT, saved, url, page.pk)
    if page.has_unpublished_changes:
        return PartState(PartStep.CHANGED, saved, url, page.pk)
    return PartState(PartStep.PUBLIC, _day(page.first_published_at), url, page.pk)


def _describe_missing(ruling: Any, model: Any) -> PartState:
    names = (model._meta.app_label, model._meta.model_name)
    url = reverse("wagtailadmin_pages:add", args=[*names, ruling.pk])
    return PartState(PartStep.MISSING, ruling.decided_on, url)


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment is not None else None


def _read_reviews(pages: Iterable[Page]) -> dict[str, _Review]:
    """Return the pending review of each page with the people who may decide, by its key as text."""
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
            workflow_state__object_id__in=[str(page.pk) for page in pages],
        ).values_list("workflow_state__object_id", "task", "started_at")
    )
    tasks = ReviewTask.objects.filter(pk__in={task for _key, task, _started in states})
    names = {}
    for task in tasks.prefetch_related("groups__user_set"):
        people = {
            user.pk: user for group in task.groups.all() for user in group.user_set.all() if user.is_active
        }
        names[task.pk] = tuple(people[key].public_name for key in sorted(people)[:MAX_NAMES])
    return {key: _Review(_day(started), names.get(task, ())) for key, task, started in states}
