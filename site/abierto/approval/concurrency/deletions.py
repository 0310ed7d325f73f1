"""Deleting takes only what was on the screen: pages that came below meanwhile stop it."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.approval.errors import ReviewRefused

SUMMARY_FIELD = "pages_shown"


def summarize_deletion(pages: Iterable[Page]) -> str:
    """Name the pages that go when these go: how many, and which."""
    return summarize_page_ids({key for page in pages for key in _deleted_page_ids(page)})


def summarize_page_ids(keys: set[int]) -> str:
    """Name a set of pages as a form can carry it."""
    which = hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()
    return f"{len(keys)}:{which[:16]}"


def _deleted_page_ids(page: Page) -> Iterable[int]:
    """Return the keys of a page and of all that hang from it, also when it was read before others moved."""
    found = Page.objects.filter(pk=page.pk).first()
    return found.get_descendants(inclusive=True).values_list("pk", flat=True) if found else ()


def check_deletion(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Refuse to delete anything else than what the person was told.

    Raises:
        ReviewRefused: with the sentence.
    """
    shown, now = request.POST.get(SUMMARY_FIELD, ""), summarize_deletion(pages)
    if shown == now:
        return
    number, before = now.partition(":")[0], shown.partition(":")[0]
    if not before.isdecimal() or len(before) > 9:
        raise ReviewRefused(_("Falta decir cuántas páginas se borran. Abre otra vez la pantalla de borrar."))
    if before == number:
        raise ReviewRefused(
            _("Las páginas que se borrarían ya no son las que viste. Míralas antes de borrar.")
        )
    sentence = _("Ibas a borrar %(shown)s páginas y ahora serían %(now)s. Mira cuáles antes de borrar.")
    raise ReviewRefused(sentence % {"shown": before, "now": number})
