"""The language of the content of a page, which may differ from that of its frame."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, to_locale
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
    return format_html("<span {}>{}</span>", language_attributes(settings.LANGUAGE_CODE), text)


def language_attributes(code: str) -> SafeString:
    """Return the attributes of an element in a language: «lang», and «dir» beside what runs the other way."""
    is_from_right = code.partition("-")[0] in settings.LANGUAGES_BIDI
    if not is_from_right and not get_language_bidi():
        return format_html('lang="{}"', language_tag(code))
    return format_html('lang="{}" dir="{}"', language_tag(code), "rtl" if is_from_right else "ltr")


def language_tag(code: str) -> str:
    """Write a language as HTML wants it: «es-mx» becomes «es-MX»."""
    return to_locale(code).replace("_", "-")
