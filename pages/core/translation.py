"""The fields that a translation of a page shares with its source.

wagtail-localize translates texts by default. Numbers, dates, codes, keys and choices are the same in every
language, so they are synchronized.
"""

from wagtail.models import Locale, Page
from wagtail_localize.fields import SynchronizedField


def synchronized_fields(*names: str) -> list[SynchronizedField]:
    """Declare the fields of a page type or of its rows that every translation copies from the source."""
    return [SynchronizedField(name, overridable=False) for name in names]


def get_source_page(page: Page) -> Page:
    """Return the public page in the portal's own language that ``page`` translates; else ``page`` itself."""
    default = Locale.get_default()
    if page.locale_id == default.pk:
        return page
    found = Page.objects.live().filter(translation_key=page.translation_key, locale=default).first()
    return found or page
