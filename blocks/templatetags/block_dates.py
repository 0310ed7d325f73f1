"""Dates as they are written in Spanish."""

import datetime

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def long_date(value: datetime.date | None) -> str:
    """Return “30 de noviembre de 2023”."""
    return date_format(value, "DATE_FORMAT") if value else ""
