"""Format figures, dates and periods in the active language."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abierto.progress.rounding import half_up, plain
from abierto.text import write_date

NO_BREAK_SPACE = "\u00a0"
_LOOSE_PERCENT = re.compile(rb"(\d(?:</mark>)?)(?: |\xc2\xa0)%")
_YEARS = re.compile(r"\b(?:19|20)\d{2}(?:\s*[-–—]\s*(?:19|20)\d{2})?\s*$")


def percent(value: Decimal | None) -> str:
    """Write a percentage with at most two decimals: «44.57 %», with a space that breaks no line.

    English writes «44.57%».
    """
    return "" if value is None else f"{plain(Decimal(value))}{_percent_gap(get_language())}%"


def join_percent_signs(html: bytes, language: str | None = None) -> bytes:
    """Write each percent sign of a page in UTF-8 as its language does; authors write a plain space before it.

    ``language`` is that of the content; None: the active one.
    """
    return _LOOSE_PERCENT.sub(rb"\1" + _percent_gap(language or get_language()).encode() + b"%", html)


def _percent_gap(language: str | None) -> str:
    """Return what stands before a percent sign: a no-break space, and nothing in English (CLDR)."""
    return "" if (language or "").startswith("en") else NO_BREAK_SPACE


def whole_percent(value: Decimal | None) -> str:
    """Write an expected percentage without decimals: it is only a linear estimate."""
    return "" if value is None else percent(half_up(value))


def full_date(day: datetime.date | None) -> str:
    """Write a date in full: «30 de noviembre de 2023»."""
    # Django's English abbreviates the month.
    return _format(day, "F j, Y" if (get_language() or "").startswith("en") else "DATE_FORMAT")


def month_and_year(day: datetime.date | None) -> str:
    """Write a month: «agosto de 2024»."""
    return _format(day, "YEAR_MONTH_FORMAT")


def short_period(start: datetime.date, end: datetime.date) -> str:
    """Write the months of a period for a list: «dic. 2023–mar. 2024», «ago.–nov. 2023», «mar. 2024»."""
    # Django's Mexican catalogue gives months a capital that Spanish does not.
    month = "M" if (get_language() or "").startswith("en") else "b."
    last = write_date(end, f"{month} Y")
    if (start.year, start.month) == (end.year, end.month):
        return last
    return f"{write_date(start, month if start.year == end.year else f'{month} Y')}–{last}"


def name_update(commitment: str, start: datetime.date | None, end: datetime.date | None) -> str:
    """Return the name of an update among those of other commitments; empty while a part is missing.

    For example «1.1 Plataforma de empleo · dic. 2023–mar. 2024».
    """
    return f"{commitment} · {short_period(start, end)}" if commitment and start and end else ""


def _format(day: datetime.date | None, how: str) -> str:
    return write_date(day, how) if day else ""


def deadline(day: datetime.date | None) -> str:
    """Format a deadline: only its month if it is the last day of it, as plans give them."""
    if day is None:
        return ""
    is_last_of_month = (day + datetime.timedelta(days=1)).month != day.month
    return month_and_year(day) if is_last_of_month else full_date(day)


def begin_date(day: datetime.date) -> str:
    """Format the first day of something: only its month if it is the first day of it, as plans give them."""
    return month_and_year(day) if day.day == 1 else full_date(day)


def describe_dates(start: datetime.date | None, end: datetime.date | None) -> str:
    """Write a start and an end as exactly as plans give them, and state which of them the document lacks."""
    if start is None and end is None:
        return ""
    if start is None:
        return _("Hasta %(end)s. El documento no dice desde cuándo.") % {"end": deadline(end)}
    if end is None:
        return _("Desde %(start)s. El documento no da fecha final.") % {"start": begin_date(start)}
    return _("De %(start)s a %(end)s.") % {"start": begin_date(start), "end": deadline(end)}


def describe_period(start: datetime.date | None, end: datetime.date | None) -> str:
    """Write the period of a report in months where it is of whole months: «agosto–noviembre de 2023»."""
    if start is None or end is None:
        return ""
    last = deadline(end)
    if start.day != 1 or last == full_date(end):
        return _("Del %(start)s al %(end)s") % {"start": full_date(start), "end": full_date(end)}
    if (start.year, start.month) == (end.year, end.month):
        return last
    # Django's Mexican catalogue gives months a capital that Spanish does not.
    first = write_date(start, "F") if start.year == end.year else month_and_year(start)
    return f"{first}–{last}"


def join_words(items: list[str]) -> str:
    """Join words as a list: «a, b y c»."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s y %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def short_plan_name(title: str, *, is_work_plan: bool = False) -> str:
    """Return a plan's name for a breadcrumb: «Plan 2022–2024» when its title ends with its years."""
    years = _YEARS.search(title)
    if years is None:
        return title
    name = _("Plan de trabajo %(years)s") if is_work_plan else _("Plan %(years)s")
    return name % {"years": years.group().strip()}
