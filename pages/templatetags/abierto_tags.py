"""Template tags and filters of the public templates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from abierto import text
from abierto.addresses import page_url
from abierto.registry.models import Institution
from blocks.visibility import document_url
from pages.charts import svg
from pages.charts.badges import Badge
from pages.charts.bars import Bar
from pages.core import content_language, formatting
from pages.core.base import BasePage
from pages.core.frame import PageFrame, build_frame
from pages.core.structured_data import describe_page, write_script
from pages.glossary.linking import link_terms
from pages.glossary.queries import defined_terms
from pages.institutions import queries
from pages.municipalities.frame import MicrositeFrame, find_requested_microsite

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> PageFrame:
    """Return the frame of the page being rendered: menus, breadcrumbs, languages."""
    page = context.get("page")
    return build_frame(context.get("request"), page if isinstance(page, Page) and page.pk else None)


@register.simple_tag(takes_context=True)
def page_structured_data(context: template.Context) -> SafeString:
    """Write the structured data of a public page, unless its context has its own."""
    page, request = context.get("page"), context.get("request")
    frame = build_frame(request, page if isinstance(page, Page) and page.pk else None)
    if not isinstance(page, BasePage) or not frame.image_url or not frame.breadcrumbs:
        return SafeString()
    # A view about the page, as its history, has an address of its own.
    if context.get("structured") or frame.canonical_url != page_url(page, request):
        return SafeString()
    described = describe_page(page, frame.canonical_url, frame.language, page.schema_type)
    return write_script(described)


@register.simple_tag(takes_context=True)
def requested_microsite(context: template.Context) -> MicrositeFrame | None:
    """Return the microsite of the requested address, for the page of a 404."""
    request = context.get("request")
    return find_requested_microsite(request) if request is not None else None


@register.filter
def percent(value: Decimal | None) -> str:
    """Write a percentage as published: «44.57 %»."""
    return formatting.percent(value)


@register.filter
def big_percent(text: str) -> SafeString:
    """Wrap the sign of a percentage in a small element, for a figure in large type."""
    number, sign = text.removesuffix("%"), "%" if text.endswith("%") else ""
    figure = number.rstrip(formatting.NO_BREAK_SPACE)
    return format_html("{}<small>{}{}</small>", figure, number[len(figure) :], sign) if sign else escape(text)


@register.filter(expects_localtime=True)
def full_date(day: datetime.date | None) -> str:
    """Write a date in full: «30 de noviembre de 2023»."""
    return formatting.full_date(day)


@register.filter
def month_and_year(day: datetime.date | None) -> str:
    """Write a month: «agosto de 2024»."""
    return formatting.month_and_year(day)


@register.filter
def begin_date(day: datetime.date | None) -> str:
    """Write a first day: «agosto de 2023» if it is the first of a month."""
    return formatting.begin_date(day) if day else ""


@register.filter
def deadline(day: datetime.date | None) -> str:
    """Write a deadline: «agosto de 2024» if it is the last of a month."""
    return formatting.deadline(day)


@register.simple_block_tag
def linked_terms(content: str) -> SafeString:
    """Link the terms of the glossary in Spanish HTML that was rendered before, each at its first use."""
    if get_language() != settings.LANGUAGE_CODE:
        return SafeString(content)
    return SafeString(link_terms(content, defined_terms()))


@register.simple_tag
def institution_url(institution: Institution) -> str:
    """Return the address of the page of a public institution."""
    return queries.institution_url(institution)


@register.filter
def structured_data(data: dict[str, Any] | None) -> SafeString:
    """Write data for search engines as a script element that is not run."""
    return write_script(data) if data else SafeString()


@register.filter
def language_tag(code: str) -> str:
    """Write a language code as a BCP 47 tag: «es-MX»."""
    return content_language.language_tag(code)


@register.simple_tag
def interface_language() -> str:
    """Return the language of the interface, which may differ from that of the content."""
    return text.interface_language()


@register.filter
def language_attributes(code: str) -> SafeString:
    """Write the attributes of an element in a language: «lang="ar" dir="rtl"»."""
    return content_language.language_attributes(code)


@register.simple_tag
def source_language_attributes() -> SafeString:
    """Write the attributes of an element with texts in the portal's own language; none on a page in it."""
    return attributes_beside(settings.LANGUAGE_CODE)


@register.simple_tag
def page_language_attributes(page: Page) -> SafeString:
    """Write the attributes of an element with texts of a page; none where it has the active language."""
    return attributes_beside(content_language.content_language(page))


@register.filter
def page_language(page: Page) -> str:
    """Return the language code of the content of a page."""
    return content_language.content_language(page)


@register.simple_tag
def attributes_beside(code: str) -> SafeString:
    """Return the attributes of an element in a language after a space; nothing in the active language."""
    if code == get_language():
        return SafeString()
    return format_html(" {}", content_language.language_attributes(code))


@register.filter
def mark_source_language(text: str) -> str:
    """Mark a text in the portal's own language on a page in another one."""
    return content_language.mark_source_language(text)


@register.filter
def open_url(document: AbstractDocument | None) -> str:
    """Return the URL of a public document, or nothing."""
    return document_url(document)


@register.filter
def draw_bar(bar: Bar | None, size: str = "") -> SafeString | str:
    """Draw a figure as a bar; the size «small» is for table rows."""
    return svg.draw_bar(bar, small=size == "small") if bar else ""


@register.filter
def draw_badge(badge: Badge | None) -> SafeString | str:
    """Draw the badge of a state."""
    return svg.draw_badge(badge) if badge else ""


register.filter(svg.draw_qr_code)


@register.simple_tag
def today() -> datetime.date:
    """Return the current day; pages are cached for one day at most."""
    return timezone.localdate()


@register.filter
def breakable_host(host: str) -> SafeString:
    """Allow line breaks in a host name after its dots only."""
    *before, last = host.split(".")
    return format_html("{}{}", format_html_join("", "{}.<wbr>", ((label,) for label in before)), last)
