"""Dates as they are written in Spanish."""

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()


@register.filter
def long_date(value: datetime.date | None) -> str:
    """Return “30 de noviembre de 2023”; Django's Mexican catalogue writes the month with a capital."""
    if value is None:
        return ""
    text = date_format(value, "DATE_FORMAT")
    return text.lower() if (get_language() or "").startswith("es") else text
