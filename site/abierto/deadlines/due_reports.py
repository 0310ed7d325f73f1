"""Reports that are due soon, past due or late, with their spaces."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.coreutils import get_supported_content_language_variant

from abierto.approval.review.space_index import SpaceIndex
from abierto.progress.enums import Level
from abierto.progress.reporting import Notice, due_days, notice_on
from abierto.tenancy.models import Space
from abierto.tenancy.visibility import filter_public
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.plans.status import figure_status


@dataclass(frozen=True)
class DueReport:
    """A report of a commitment that is due, or will be soon."""

    commitment: CommitmentPage
    plan: PlanPage
    space: Space | None
    due_on: datetime.date
    notice: Notice

    @property
    def is_late(self) -> bool:
        """Check whether the days of grace are over."""
        return self.notice is Notice.LATE


@dataclass(frozen=True)
class DueSummary:
    """The due reports and pending evidence of some public commitments."""

    reports: tuple[DueReport, ...]
    proofs: tuple[tuple[CommitmentPage, ProgressFigure], ...]


def load_public_commitments() -> list[CommitmentPage]:
    """Return the public commitments in the source language. One query."""
    return list(
        filter_source_language(filter_public(CommitmentPage.objects.all())).order_by("path").defer("body")
    )


def filter_source_language[Rows: QuerySet[Any]](pages: Rows) -> Rows:
    """Return the pages in the source language, without a query for the locale."""
    code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return pages.filter(locale__language_code=code, alias_of__isnull=True)


def load_due_summary(
    space_index: SpaceIndex,
    is_included: Callable[[str], bool],
    remind_days: int,
    today: datetime.date | None = None,
) -> DueSummary:
    """Return the reports due today of the commitments whose path ``is_wanted`` accepts. Three queries."""
    day = today or timezone.localdate()
    plans = load_open_plans()
    listed = [(page, _find_plan(page, plans)) for page in load_public_commitments() if is_included(page.path)]
    measured = [(page, plan) for page, plan in listed if plan is not None]
    figures = _load_figures({plan.translation_key for _page, plan in measured})
    reports = (
        _build_due_report(page, plan, figures, space_index, remind_days, day) for page, plan in measured
    )
    return DueSummary(
        reports=tuple(sorted((report for report in reports if report), key=lambda report: report.due_on)),
        proofs=tuple(_find_pending_evidence(measured, figures)),
    )


def load_open_plans() -> list[PlanPage]:
    """Return the public plans that still expect reports. One query."""
    public = filter_public(PlanPage.objects.all()).defer("body")
    return [plan for plan in public if plan.measures_progress and plan.is_open]


def list_due_days(
    commitment: CommitmentPage, plan: PlanPage, last_reported: datetime.date | None = None
) -> list[datetime.date]:
    """Return the due days of ``commitment``, by its own terms or its plan's.

    Future days count from the last report, as reminders do; without one, from the start.
    """
    start = commitment.start or plan.period_start
    end = commitment.end or plan.period_end
    cadence = commitment.cadence_months or plan.cadence_months
    days = due_days(start, end, cadence)
    if start is None or end is None or last_reported is None or last_reported < start or not plan.is_open:
        return days
    answered = next((number for number, day in enumerate(days) if day >= last_reported), len(days))
    following = due_days(last_reported, end, cadence) if last_reported < end else []
    return [*days[: answered + 1], *following]


def _find_plan(page: CommitmentPage, plans: Iterable[PlanPage]) -> PlanPage | None:
    return next((plan for plan in plans if page.path.startswith(plan.path)), None)


def _load_figures(plan_keys: set[UUID]) -> dict[UUID, ProgressFigure]:
    wanted = ProgressFigure.objects.filter(
        plan_key__in=plan_keys, level__in=[Level.COMMITMENT.value, Level.ACTION.value]
    )
    return {figure.key: figure for figure in wanted}


def _build_due_report(
    page: CommitmentPage,
    plan: PlanPage,
    figures: dict[UUID, ProgressFigure],
    space_index: SpaceIndex,
    remind_days: int,
    today: datetime.date,
) -> DueReport | None:
    due = figure_status(figures.get(page.translation_key), plan, today, page).due_on
    notice = notice_on(today, due, remind_days, plan.grace_days)
    if due is None or notice is None:
        return None
    return DueReport(page, plan, space_index.of(page.path), due, notice)


def _find_pending_evidence(
    measured: Iterable[tuple[CommitmentPage, PlanPage]], figures: dict[UUID, ProgressFigure]
) -> list[tuple[CommitmentPage, ProgressFigure]]:
    """Return the actions with pending evidence, with their commitment."""
    pages = {page.translation_key: page for page, _plan in measured}
    actions = [
        figure
        for figure in figures.values()
        if figure.level == Level.ACTION and figure.pending_count and figure.parent_key in pages
    ]
    return [(pages[figure.parent_key], figure) for figure in sorted(actions, key=lambda action: action.order)]
