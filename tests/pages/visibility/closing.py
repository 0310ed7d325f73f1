"""The roads by which a public page stops being public."""

import json
from collections.abc import Callable

from wagtail.models import Locale, Page, PageViewRestriction

from abierto.approval.ledger.imports import imported


def restrict(page: Page) -> PageViewRestriction:
    """Keep ``page`` for whoever signs in."""
    return PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )


def restrict_parent(page: Page) -> None:
    """Keep what ``page`` hangs from for whoever signs in."""
    restrict(page.get_parent())


def move_restriction(page: Page) -> None:
    """Give ``page`` the restriction that another page had."""
    root = Page.get_first_root_node()
    elsewhere = root.add_child(instance=Page(title="Otra", slug=f"otra-{page.pk}", live=False))
    restriction = restrict(elsewhere)
    with imported("Cambia de página en una prueba"):
        restriction.page = Page.objects.get(pk=page.pk)
        restriction.save()


def unpublish(page: Page) -> None:
    """Take ``page`` down."""
    page.specific.unpublish()


def unpublish_parent(page: Page) -> None:
    """Take down what ``page`` hangs from."""
    page.get_parent().specific.unpublish()


def save_as_draft(page: Page) -> None:
    """Take ``page`` down as a shell does, with no signal of Wagtail's."""
    one = page.specific
    one.live = False
    one.save()


CLOSINGS: list[Callable[[Page], object]] = [
    restrict,
    restrict_parent,
    move_restriction,
    unpublish,
    unpublish_parent,
    save_as_draft,
]


def paragraph(words: str) -> str:
    """Return a body with one paragraph."""
    return json.dumps([{"type": "paragraph", "value": words}])


def english_alias(page: Page) -> Page:
    """Return a live alias of ``page`` in the English tree, made with aliases of what is above it."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    with imported("Un alias de una prueba"):
        return page.copy_for_translation(locale, copy_parents=True, alias=True)
