"""The pace of a commitment, and the due dates of its reports."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from abierto.progress.calendars import add_months
from abierto.progress.enums import Pace
from abierto.progress.figures import HUNDRED, ZERO
from abierto.progress.rollup import Result
from abierto.progress.rounding import half_up


def expected_on(day: date, start: date | None, end: date | None) -> Decimal | None:
    """Return the figure expected on ``day``: a straight line, 0 on ``start`` and 100 on ``end``.

    None without both dates, or with an end before the start. A period of a single day is expected to be done
    on that day.
    """
    if start is None or end is None or end < start:
        return None
    if day < start:
        return ZERO
    if day >= end:
        return HUNDRED
    return Decimal((day - start).days) * HUNDRED / Decimal((end - start).days)


def compare_pace(effective: Decimal | None, stage: str, expected: Decimal | None) -> Pace:
    """Compare a figure with the expected one, both rounded as shown: 30 against 31 is low.

    A stage that counts as zero is still a stage, not a low figure. Without a figure or an expected figure
    there is no pace.
    """
    if stage and not effective:
        return Pace.STAGE
    if effective is None:
        return Pace.NONE
    if effective >= HUNDRED:
        return Pace.DONE
    if expected is None:
        return Pace.NONE
    return Pace.ON if half_up(effective) >= half_up(expected) else Pace.LOW


def find_pace(result: Result, expected: Decimal | None) -> Pace:
    """Return the pace of a node; a node without any report has none."""
    return compare_pace(result.effective if result.has_data else None, result.stage, expected)


def due_on(
    last_reported: date | None,
    start: date | None,
    cadence_months: int | None,
    end: date | None = None,
) -> date | None:
    """Return the day by which the next report is due, or ``None``.

    It is one cadence after the last report or the start, whichever is later. A report on or after ``end`` is
    the last one. Without a cadence or any date to count from, no report is due.
    """
    if not cadence_months or cadence_months < 0:
        return None
    if end is not None and last_reported is not None and last_reported >= end:
        return None
    known = [day for day in (last_reported, start) if day is not None]
    return add_months(max(known), cadence_months) if known else None


def is_late(
    last_reported: date | None,
    today: date,
    start: date | None,
    cadence_months: int | None,
    grace_days: int,
    end: date | None = None,
) -> bool:
    """Check whether a due report is missing after the days of grace.

    The last day of grace is in time. A commitment that ended without a report on or after its end is late
    until that report exists; after that it is never late.
    """
    due = due_on(last_reported, start, cadence_months, end)
    return due is not None and today > due + timedelta(days=grace_days)
