"""Pages of the four kinds that every listing is tried with, and how a public page is closed."""

import datetime
import json
from collections.abc import Callable

from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from abierto.editorial.ledger.imports import imported
from tests.factories import published

YESTERDAY = datetime.timedelta(days=1)


def restrict(page: Page) -> PageViewRestriction:
    """Keep ``page`` for whoever signs in."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def open_again(restriction: PageViewRestriction) -> None:
    """Open a page, which one person alone may not."""
    with imported("Se abre en una prueba"):
        restriction.delete()


def restrict_parent(page: Page) -> None:
    """Keep what ``page`` hangs from for whoever signs in."""
    restrict(page.get_parent())


def unpublish(page: Page) -> None:
    """Take ``page`` down."""
    page.specific.unpublish()


def unpublish_parent(page: Page) -> None:
    """Take down what ``page`` hangs from."""
    page.get_parent().specific.unpublish()


def take_down_with_save(page: Page) -> None:
    """Take ``page`` down as a shell does, without Wagtail's signal."""
    one = page.specific
    one.live = False
    one.save()


def expire(page: Page) -> None:
    """Let the time of ``page`` be over before the command that takes it down has run."""
    Page.objects.filter(pk=page.pk)._update_for_test(expire_at=timezone.now() - YESTERDAY)


CLOSINGS: list[Callable[[Page], object]] = [
    restrict,
    restrict_parent,
    unpublish,
    unpublish_parent,
    take_down_with_save,
]


def text(words: str) -> str:
    """Return a body with one paragraph."""
    return json.dumps([{"type": "paragraph", "value": words}])


def english_alias(page: Page) -> Page:
    """Return a live alias of ``page`` under the English front page, made with what is above it."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    with imported("Un alias de una prueba"):
        return page.copy_for_translation(locale, copy_parents=True, alias=True)


def live(page: Page) -> Page:
    """Publish ``page`` as approved; return it fresh."""
    return published(page)
