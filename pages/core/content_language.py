"""The language of the content of a page, which may differ from that of its frame."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import to_locale
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


def language_tag(code: str) -> str:
    """Write a language as HTML wants it: «es-mx» becomes «es-MX»."""
    return to_locale(code).replace("_", "-")
