"""The summary for a reviewer without waiting reviews: spaces, next due day and last decisions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.approval.review.space_index import SpaceIndex
from abierto.deadlines.due_reports import find_public_commitments, load_open_plans
from abierto.tenancy.visibility import filter_public

from .queries import page_number_case

MAX_SHOWN = 5


@dataclass(frozen=True)
class ReviewerSummary:
    """The summary for a reviewer for whom no review waits."""

    spaces: tuple[str, ...]
    decided: Sequence[TaskState]
    #: Whether due reports are shown: editors see them in «Qué me falta».
    shows_reports: bool
    next_day: datetime.date | None = None
    next_total: int = 0
    past: int = 0


def summarize_for_reviewer(
    user: User, space_index: SpaceIndex, today: datetime.date | None = None
) -> ReviewerSummary | None:
    """Return the summary for ``user``; None if she reviews nowhere. Three queries at most."""
    if not space_index.reviewed:
        return None
    names = sorted({space.name for space in space_index.roots.values() if space.pk in space_index.reviewed})
    summary = ReviewerSummary(tuple(names), load_last_decisions(user), shows_reports=not space_index.edited)
    if not summary.shows_reports:
        return summary
    day = today or timezone.localdate()
    days = find_due_days(space_index, day)
    coming = [due for due in days if due >= day]
    first = min(coming, default=None)
    on_that_day = [due for due in coming if due == first]
    return replace(summary, next_day=first, next_total=len(on_that_day), past=len(days) - len(coming))


def load_last_decisions(user: User) -> list[TaskState]:
    """Return the last decisions of ``user``. One query."""
    decided = TaskState.objects.filter(
        finished_by=user,
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED],
        task__reviewtask__lender__isnull=True,  # what another space shared is closed after the decision
    )
    decided = (
        decided.select_related("revision").defer("revision__content").annotate(page_number=page_number_case())
    )
    public = filter_public(Page.objects.filter(pk=OuterRef("page_number")))
    return list(decided.annotate(is_public=Exists(public)).order_by("-finished_at", "-pk")[:MAX_SHOWN])


def find_due_days(space_index: SpaceIndex, today: datetime.date) -> list[datetime.date]:
    """Return the due day of each commitment in the reviewed spaces. Two queries."""
    roots = space_index.reviewed_paths()
    rows = find_public_commitments(roots).with_status(today, load_open_plans(roots))
    days = [row.status.due_on for row in rows if space_index.reviews(row.page.path)]
    return [day for day in days if day is not None]


def decided_url(decided: Any) -> str:
    """Return the history page of a decided page; an empty string for a row of the registry.

    The admin history is for editors; the public history is for all visitors.
    """
    if decided.page_number is None:
        return ""
    name = "pages:history" if decided.is_public else "wagtailadmin_explore"
    return reverse(name, args=[decided.page_number])
