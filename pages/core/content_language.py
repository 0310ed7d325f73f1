"""The language of the content of a page, which may differ from that of its frame."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale
from wagtail.models import Page


def content_language(page: Page) -> str:
    """Return the language code of the content of ``page`` without a query.

    An alias is filed under another language and shows the content of its source.
    """
    if page.alias_of_id is not None:
        return settings.LANGUAGE_CODE
    route_context = getattr(page, "route_context", None)
    row = (route_context.target if route_context else None) or page
    code: str = row.locale.language_code
    return code


def mark_source_language(text: str) -> str:
    """Return ``text`` of the portal's own language, as HTML with a mark where the page has another."""
    if not text or get_language() == settings.LANGUAGE_CODE:
        return text
    return format_html('<span lang="{}">{}</span>', language_tag(settings.LANGUAGE_CODE), text)


def language_tag(code: str) -> str:
    """Write a language as HTML wants it: «es-mx» becomes «es-MX»."""
    return to_locale(code).replace("_", "-")
