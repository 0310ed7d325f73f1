"""The operations by which a public page stops being public."""

import json
from collections.abc import Callable

from wagtail.models import Locale, Page, PageViewRestriction

from abierto.approval.ledger.imports import imported


def restrict(page: Page) -> PageViewRestriction:
    """Restrict ``page`` to signed-in users."""
    return PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )


def restrict_parent(page: Page) -> None:
    """Restrict the parent of ``page`` to signed-in users."""
    restrict(page.get_parent())


def move_restriction(page: Page) -> None:
    """Assign the restriction of another page to ``page``."""
    root = Page.get_first_root_node()
    elsewhere = root.add_child(instance=Page(title="Otra", slug=f"otra-{page.pk}", live=False))
    restriction = restrict(elsewhere)
    with imported("Cambia de página en una prueba"):
        restriction.page = Page.objects.get(pk=page.pk)
        restriction.save()


def unpublish(page: Page) -> None:
    """Unpublish ``page``."""
    page.specific.unpublish()


def unpublish_parent(page: Page) -> None:
    """Unpublish the parent of ``page``."""
    page.get_parent().specific.unpublish()


def save_as_draft(page: Page) -> None:
    """Set ``page`` to draft as a shell does, without Wagtail's signals."""
    specific = page.specific
    specific.live = False
    specific.save()


def save_as_draft_parent(page: Page) -> None:
    """Set the parent of ``page`` to draft as a shell does."""
    save_as_draft(page.get_parent())


CLOSINGS: list[Callable[[Page], object]] = [
    restrict,
    restrict_parent,
    move_restriction,
    unpublish,
    unpublish_parent,
    save_as_draft,
    save_as_draft_parent,
]


def paragraph(words: str) -> str:
    """Return a body with one paragraph."""
    return json.dumps([{"type": "paragraph", "value": words}])


def english_alias(page: Page) -> Page:
    """Return a live alias of ``page`` in the English tree, with aliases of its ancestors."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    with imported("Un alias de una prueba"):
        return page.copy_for_translation(locale, copy_parents=True, alias=True)
