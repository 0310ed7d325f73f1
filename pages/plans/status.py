"""The status of a figure: its pace on its own day, and whether the report is late."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol
from uuid import UUID

from abierto.progress.enums import Pace
from abierto.progress.pace import compare_pace, due_on, expected_on, is_late
from pages.figures.models import ProgressFigure

from .models import PlanPage


class HasSchedule(Protocol):
    """The fields of a commitment that its status depends on; empty ones are taken from its plan."""

    @property
    def translation_key(self) -> UUID: ...
    @property
    def start(self) -> datetime.date | None: ...
    @property
    def end(self) -> datetime.date | None: ...
    @property
    def cadence_months(self) -> int | None: ...


@dataclass(frozen=True)
class FigureStatus:
    """Pace and lateness of a figure.

    ``expected`` is the percentage expected on ``expected_on``, the day of the figure itself: comparing a
    figure of 2023 with what is expected today would measure the reporting, which ``is_late`` does. A
    concluded plan expects no more reports, and nothing of what it never measured. With an ``assumed_start``,
    ``expected`` is only a line to be drawn: no pace follows from it.
    """

    pace: Pace
    expected: Decimal | None
    expected_on: datetime.date | None
    is_late: bool
    due_on: datetime.date | None
    assumed_start: datetime.date | None = None
    is_over: bool = False


class Schedule(NamedTuple):
    """The period and the reporting cadence (in months) of a commitment or a plan."""

    start: datetime.date | None
    end: datetime.date | None
    cadence_months: int
    is_start_assumed: bool = False


class MissedDeadline(NamedTuple):
    """The end of a plan without a public final report, and the day of its last figure."""

    end: datetime.date
    last_figure_on: datetime.date | None


def find_schedule(plan: PlanPage, commitment: HasSchedule | None = None) -> Schedule:
    """Return the schedule of ``commitment``; what it leaves empty is taken from its plan.

    A commitment that states its own start and no end has no end: the plan's is not its deadline.
    """
    own_start = commitment.start if commitment else None
    own_end = commitment.end if commitment else None
    return Schedule(
        start=own_start or plan.period_start,
        end=own_end or (None if own_start else plan.period_end),
        cadence_months=(commitment and commitment.cadence_months) or plan.cadence_months,
        is_start_assumed=own_start is None and plan.is_start_assumed and plan.period_start is not None,
    )


def find_missed_deadline(
    plan: PlanPage, today: datetime.date, last_figure_on: datetime.date | None, *, has_final_report: bool
) -> MissedDeadline | None:
    """Return the deadline of a plan that is over, not concluded and without a public final report."""
    end = plan.period_end
    if has_final_report or not plan.measures_progress or not plan.is_open or end is None or end >= today:
        return None
    return MissedDeadline(end, last_figure_on)


def find_pace(effective: Decimal | None, stage: str, expected: Decimal | None) -> Pace:
    """Return the pace of a figure; a figure without an expected value is only «reported»."""
    found = compare_pace(effective, stage, expected)
    return Pace.REPORTED if found is Pace.NONE and effective is not None else found


def find_figure_status(
    figure: ProgressFigure | None,
    plan: PlanPage,
    today: datetime.date,
    commitment: HasSchedule | None = None,
) -> FigureStatus:
    """Return the status of ``figure``; dates and cadence of ``commitment`` override those of its plan."""
    start, end, cadence, is_assumed = find_schedule(plan, commitment)
    reported = figure.reported_on if figure else None
    measured = figure if figure and has_data(figure) else None
    day = min(reported or today, today)
    expected = None if not (plan.is_open or measured) else expected_on(day, start, end)
    step = find_pace(
        measured.effective if measured else None,
        figure.stage if figure else "",
        None if is_assumed else expected,
    )
    counted_from = None if is_assumed else start
    closed = not plan.is_open or step is Pace.DONE
    return FigureStatus(
        pace=step,
        expected=expected,
        expected_on=day if expected is not None else None,
        is_late=not closed and is_late(reported, today, counted_from, cadence, plan.grace_days, end),
        due_on=None if closed else due_on(reported, counted_from, cadence, end),
        assumed_start=start if is_assumed and expected is not None else None,
        is_over=not plan.is_open or (end is not None and end < today),
    )


def has_data(figure: ProgressFigure) -> bool:
    """Check that a value was reported: a missing value that counts as zero is not data."""
    return figure.declared is not None or figure.reported_on is not None


def find_figure_statuses(
    commitments: Iterable[HasSchedule],
    figures: dict[UUID, ProgressFigure],
    plan: PlanPage,
    today: datetime.date,
) -> dict[UUID, FigureStatus]:
    """Return the status of each commitment, by translation key."""
    return {
        commitment.translation_key: find_figure_status(
            figures.get(commitment.translation_key), plan, today, commitment
        )
        for commitment in commitments
    }
