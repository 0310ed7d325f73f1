"""The template filter of dates in blocks."""

import datetime

from django import template

from abierto.text import write_date

register = template.Library()


@register.filter
def long_date(value: datetime.date | None) -> str:
    """Return “30 de noviembre de 2023”."""
    return write_date(value) if value else ""
