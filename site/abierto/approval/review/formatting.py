"""Format values for people: «45 %», «30 de noviembre de 2023», «sin dato»."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from abierto.progress.rounding import plain

NO_BREAK_SPACE = "\u00a0"
#: Years and other numbers of four digits are written without a separator.
GROUPED_FROM = 10_000


def is_empty(value: Any) -> bool:
    """Check for None, False and values of length zero."""
    return value is None or value is False or (hasattr(value, "__len__") and len(value) == 0)


def format_value(value: Any, unit: str = "") -> str:
    """Format a value for display; None and an empty text give an empty text."""
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.date):
        return format_date(value)
    if unit:
        return f"{_format_number(value)}{NO_BREAK_SPACE}{unit}"
    if isinstance(value, Decimal | int):
        return _format_number(value)
    return str(value)


def _format_number(value: Any) -> str:
    """Return a number with at most two decimals; from five digits on its thousands are separated."""
    number = Decimal(value)
    text = plain(number)
    return number_format(text, force_grouping=True) if abs(number) >= GROUPED_FROM else text


def format_date(value: datetime.date) -> str:
    """Return a date in full, with its hour if it has one."""
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{format_date(local.date())}, {date_format(local, 'H:i')}"
    return date_format(value, "DATE_FORMAT")


def format_field(field: models.Field, value: Any) -> str:
    """Return the value of a field of a page or row as text."""
    if field.choices and not is_empty(value):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list | models.QuerySet):
        return "\n".join(str(item) for item in value)
    return format_value(value, getattr(field, "unit", ""))


def empty_label(field: models.Field) -> str:
    """Return the text for an empty field."""
    return _("sin dato") if getattr(field, "unit", "") else _("(vacío)")
