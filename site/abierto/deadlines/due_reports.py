"""Reports that are due soon, past due or late, with their spaces."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.models import Page

from abierto.approval.review.space_index import SpaceIndex
from abierto.progress.enums import NodeLevel
from abierto.progress.reporting import Notice, due_days, notice_on
from abierto.tenancy.models import Space
from abierto.tenancy.tree_paths import ancestor_paths, below_any
from pages.core.submissions import find_begun, is_delivered
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage, CommitmentQuerySet, CommitmentStatus, find_plan_path
from pages.plans.models import PlanPage
from pages.plans.status import find_schedule
from pages.updates.models import ProgressUpdatePage


class BegunUpdate(NamedTuple):
    """A report that was begun and is not public yet."""

    pk: int
    sent_at: datetime.datetime | None
    goes_live_at: datetime.datetime | None


@dataclass(frozen=True)
class DueReport:
    """A report of a commitment that is due, or will be soon."""

    commitment: CommitmentPage
    plan: PlanPage
    space: Space | None
    due_on: datetime.date
    notice: Notice
    update: BegunUpdate | None = None

    @property
    def is_delivered(self) -> bool:
        """Check whether the report was sent to review or approved."""
        return self.update is not None and is_delivered(self.update)

    @property
    def is_late(self) -> bool:
        """Check whether the days of grace are over without a report."""
        return self.notice is Notice.LATE and not self.is_delivered


@dataclass(frozen=True)
class DueSummary:
    """The due reports and pending evidence of some public commitments."""

    reports: tuple[DueReport, ...]
    proofs: tuple[tuple[CommitmentPage, ProgressFigure], ...]


def find_public_commitments(roots: Iterable[str] | None = None) -> CommitmentQuerySet:
    """Return the public commitments in the source language, in the order of the tree.

    With ``roots``, only those at or below them: otherwise the database reads the pages of every space.
    """
    pages: CommitmentQuerySet = CommitmentPage.objects.public().source_language()
    if roots is not None:
        pages = pages.filter(pk__in=_find_keys(below_any(roots)))
    return pages.order_by("path").defer("body")


def find_reported_promises(space_index: SpaceIndex) -> list[tuple[CommitmentPage, PlanPage]]:
    """Return the public commitments that the user reports on, with their open plans. Two queries."""
    if not space_index.edited:
        return []
    roots = space_index.edited_paths()
    plans = {plan.path: plan for plan in load_open_plans(roots)}
    return [
        (commitment, plans[path])
        for commitment in find_public_commitments(roots)
        if (path := find_plan_path(commitment)) in plans and space_index.edits(commitment.path)
    ]


def load_due_summary(
    space_index: SpaceIndex,
    remind_days: int,
    today: datetime.date | None = None,
    *,
    only_edited: bool = False,
) -> DueSummary:
    """Return the reports due today, of all commitments or of those the person edits. Three queries."""
    day = today or timezone.localdate()
    roots = space_index.edited_paths() if only_edited else None
    commitments = annotate_begun_updates(find_public_commitments(roots))
    rows = [
        row
        for row in commitments.with_status(day, load_open_plans(roots))
        if not only_edited or space_index.edits(row.page.path)
    ]
    reports = (_build_due_report(row, space_index, remind_days, day) for row in rows)
    return DueSummary(
        reports=tuple(sorted((report for report in reports if report), key=lambda report: report.due_on)),
        proofs=tuple(_find_pending_evidence(rows)),
    )


def load_open_plans(roots: Collection[str] | None = None) -> list[PlanPage]:
    """Return the public plans that still expect reports. One query.

    With ``roots``, only those at, above or below them.
    """
    public = PlanPage.objects.public().source_language().defer("body")
    if roots is not None:
        above = {path for root in roots for path in ancestor_paths(root)}
        public = public.filter(pk__in=_find_keys(below_any(roots) | Q(path__in=above)))
    return [plan for plan in public if plan.measures_progress and plan.is_open]


def _find_keys(places: Q) -> QuerySet[Page, int]:
    """Return the keys of the pages at some paths, as a query by path alone: SQLite prefers other indexes."""
    return Page.objects.filter(places).order_by().values_list("pk", flat=True)


def list_due_days(
    commitment: CommitmentPage, plan: PlanPage, last_reported: datetime.date | None = None
) -> list[datetime.date]:
    """Return the due days of ``commitment``, by its own terms or its plan's.

    Future days count from the last report, as reminders do; without one, from the start.
    """
    start, end, cadence, _is_assumed = find_schedule(plan, commitment)
    days = due_days(start, end, cadence)
    if start is None or end is None or last_reported is None or last_reported < start or not plan.is_open:
        return days
    answered = next((number for number, day in enumerate(days) if day >= last_reported), len(days))
    following = due_days(last_reported, end, cadence) if last_reported < end else []
    return [*days[: answered + 1], *following]


def _build_due_report(
    row: CommitmentStatus, space_index: SpaceIndex, remind_days: int, today: datetime.date
) -> DueReport | None:
    due = row.status.due_on
    notice = notice_on(today, due, remind_days, row.plan.grace_days)
    if due is None or notice is None:
        return None
    return DueReport(row.page, row.plan, space_index.of(row.page.path), due, notice, _find_begun_update(row))


def annotate_begun_updates(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """Annotate each commitment with its last begun update, as ``find_begun`` annotates it."""
    below = ProgressUpdatePage.objects.filter(
        path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value("z")), period_end__isnull=False
    )
    begun = find_begun(below).order_by("-period_end", "-path")
    return commitments.annotate(
        begun_pk=Subquery(begun.values("pk")[:1]),
        begun_end=Subquery(begun.values("period_end")[:1]),
        begun_sent_at=Subquery(begun.values("sent_at")[:1]),
        begun_goes_live_at=Subquery(begun.values("goes_live_at")[:1]),
    )


def _find_begun_update(row: CommitmentStatus) -> BegunUpdate | None:
    """Return the update begun after the last public one."""
    page: Any = row.page
    last = row.figure.reported_on if row.figure else None
    if page.begun_pk is None or (last is not None and page.begun_end <= last):
        return None
    return BegunUpdate(page.begun_pk, page.begun_sent_at, page.begun_goes_live_at)


def _find_pending_evidence(
    rows: Iterable[CommitmentStatus],
) -> list[tuple[CommitmentPage, ProgressFigure]]:
    """Return the actions with pending evidence, with their commitment. One query."""
    pages: dict[UUID | None, CommitmentPage] = {}
    plan_keys: set[UUID] = set()
    for row in rows:
        pages[row.page.translation_key] = row.page
        plan_keys.add(row.plan.translation_key)
    pending = ProgressFigure.objects.filter(
        plan_key__in=plan_keys, level=NodeLevel.ACTION.value, pending_count__gt=0
    ).order_by("order", "plan_key")
    return [(pages[action.parent_key], action) for action in pending if action.parent_key in pages]
