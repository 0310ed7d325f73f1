"""Deleting takes only what was on the screen: pages added below meanwhile stop it."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.editorial.errors import ReviewRefused

SHOWN = "pages_shown"


def pages_in(pages: Iterable[Page]) -> int:
    """Return how many pages go when these go: they and all that hang from them."""
    return sum(1 + page.get_descendant_count() for page in pages)


def check_shown(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Refuse to delete more pages than the person was told.

    Raises:
        ReviewRefused: with the sentence.
    """
    shown, now = request.POST.get(SHOWN, ""), pages_in(pages)
    if not shown.isdecimal() or len(shown) > 9:
        raise ReviewRefused(_("Falta decir cuántas páginas se borran. Abre otra vez la pantalla de borrar."))
    if now > int(shown):
        sentence = _(
            "Ibas a borrar %(shown)s páginas y ahora serían %(now)s. Mira las nuevas antes de borrar."
        )
        raise ReviewRefused(sentence % {"shown": shown, "now": now})
