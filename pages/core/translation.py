"""The fields that a translation of a page shares with its source.

wagtail-localize translates texts by default. Numbers, dates, codes, keys and choices are the same in every
language, so they are synchronized.
"""

from django.conf import settings
from django.db.models import Q
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField


def synchronized_fields(*names: str) -> list[SynchronizedField]:
    """Declare the fields of a page type or of its rows that every translation copies from the source."""
    return [SynchronizedField(name, overridable=False) for name in names]


class OwnField(BaseTranslatableField):
    """A field that each language has for itself: neither copied from the source nor translated."""


def own_fields(*names: str) -> list[OwnField]:
    """Declare the fields that a translation never takes from its source."""
    return [OwnField(name) for name in names]


def source_language_code() -> str:
    """Return the code of the portal's own language, as its locale has it."""
    return get_supported_content_language_variant(settings.LANGUAGE_CODE)


def source_language_condition(prefix: str = "") -> Q:
    """Return the condition on pages: in the portal's own language and no alias; no query for the locale.

    ``prefix`` leads to the page: «page__».
    """
    return Q(**{f"{prefix}locale__language_code": source_language_code(), f"{prefix}alias_of__isnull": True})


def get_source_page(page: Page) -> Page:
    """Return the public page in the portal's own language that ``page`` translates; else ``page`` itself."""
    default = Locale.get_default()
    if page.locale_id == default.pk:
        return page
    found = Page.objects.live().filter(translation_key=page.translation_key, locale=default).first()
    return found or page
