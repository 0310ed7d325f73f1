"""Template tags and filters of the public templates."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from blocks.visibility import document_url
from pages.charts import drawing
from pages.charts.badges import Badge
from pages.charts.bars import Bar
from pages.charts.qr_code import draw_qr_code
from pages.core import content_language, formatting
from pages.core.frame import PageFrame, build_frame

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> PageFrame:
    """Return the frame of the page being rendered: menus, breadcrumbs, languages."""
    page = context.get("page")
    return build_frame(context.get("request"), page if isinstance(page, Page) and page.pk else None)


@register.filter
def percent(value: Decimal | None) -> str:
    """Write a percentage as published: «44.57 %»."""
    return formatting.percent(value)


@register.filter
def big_percent(text: str) -> SafeString:
    """Set the sign of a written percentage small, for a figure in large type."""
    number, _space, sign = text.partition(formatting.NO_BREAK_SPACE)
    return (
        format_html("{}<small>{}{}</small>", number, formatting.NO_BREAK_SPACE, sign)
        if sign
        else format_html("{}", text)
    )


@register.filter(expects_localtime=True)
def full_date(day: datetime.date | None) -> str:
    """Write a date in full: «30 de noviembre de 2023»."""
    return formatting.full_date(day)


@register.filter
def deadline(day: datetime.date | None) -> str:
    """Write a deadline: «agosto de 2024» when it is the end of a month."""
    return formatting.deadline(day)


@register.filter
def language_tag(code: str) -> str:
    """Write a language as HTML wants it: «es-MX»."""
    return content_language.language_tag(code)


@register.filter
def open_url(document: AbstractDocument | None) -> str:
    """Return the URL of a public document, or nothing."""
    return document_url(document)


@register.filter
def draw_bar(bar: Bar | None, size: str = "") -> SafeString | str:
    """Draw a figure as a bar; the size «small» is for table rows."""
    return drawing.draw_bar(bar, small=size == "small") if bar else ""


@register.filter
def draw_badge(badge: Badge | None) -> SafeString | str:
    """Draw the badge of a state."""
    return drawing.draw_badge(badge) if badge else ""


register.filter(draw_qr_code)


@register.simple_tag
def today() -> datetime.date:
    """Return the present day; a cached page is of one day."""
    return timezone.localdate()
