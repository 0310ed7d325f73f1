"""The calendar of reports: when each is due, and which notice is due before and after."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from abierto.progress.calendars import add_months

# Twice a month for fifty years: no plan is longer.
MOST_DAYS = 1200


class Notice(StrEnum):
    """The notice of a due date on a given day, each sent once."""

    SOON = "soon"
    PAST = "past"
    LATE = "late"


def notice_on(today: date, due: date | None, remind_days: int, grace_days: int) -> Notice | None:
    """Return the notice that ``due`` calls for today.

    The day itself is still announced; the days of grace are past due but not late.
    """
    if due is None or today < due - timedelta(days=max(remind_days, 0)):
        return None
    if today <= due:
        return Notice.SOON
    return Notice.LATE if today > due + timedelta(days=max(grace_days, 0)) else Notice.PAST


def due_days(start: date | None, end: date | None, cadence_months: int | None) -> list[date]:
    """Return every day on which a report of a plan or commitment is due, the last on or after its end.

    Without a start, an end or a cadence there is no calendar.
    """
    if start is None or end is None or end < start or not cadence_months or cadence_months < 0:
        return []
    days: list[date] = []
    while (not days or days[-1] < end) and len(days) < MOST_DAYS:
        days.append(add_months(start, cadence_months * (len(days) + 1)))
    return days
