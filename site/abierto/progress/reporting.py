"""The reporting calendar: the due dates of reports, and the notices before and after them."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from abierto.progress.calendars import add_months

# Limit of a calendar: two reports a month for fifty years.
MOST_DAYS = 1200


class Notice(StrEnum):
    """The notices about a due date, each of which is sent once."""

    SOON = "soon"
    PAST = "past"
    LATE = "late"


def notice_on(today: date, due: date | None, remind_days: int, grace_days: int) -> Notice | None:
    """Return the notice about ``due`` for today, or None.

    On the due date itself it is ``SOON``; within the days of grace it is ``PAST``, and then ``LATE``.
    """
    if due is None or today < due - timedelta(days=max(remind_days, 0)):
        return None
    if today <= due:
        return Notice.SOON
    return Notice.LATE if today > due + timedelta(days=max(grace_days, 0)) else Notice.PAST


def due_days(start: date | None, end: date | None, cadence_months: int | None) -> list[date]:
    """Return all due dates of the reports of a plan or commitment, the last one on or after its end.

    The list is empty without a start, an end or a cadence.
    """
    if start is None or end is None or end < start or not cadence_months or cadence_months < 0:
        return []
    days: list[date] = []
    while (not days or days[-1] < end) and len(days) < MOST_DAYS:
        days.append(add_months(start, cadence_months * (len(days) + 1)))
    return days
