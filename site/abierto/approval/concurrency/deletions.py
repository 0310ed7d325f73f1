"""Stop a deletion if pages were added below since its confirmation screen."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.approval.errors import ReviewRefused

SUMMARY_FIELD = "pages_shown"


def summarize_deletion(pages: Iterable[Page]) -> str:
    """Return the number and a hash of the pages that deleting ``pages`` deletes."""
    return summarize_page_ids({key for page in pages for key in _deleted_page_ids(page)})


def summarize_page_ids(keys: set[int]) -> str:
    """Return the number of ids and a hash of them, short enough for a form field."""
    which = hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()
    return f"{len(keys)}:{which[:16]}"


def _deleted_page_ids(page: Page) -> Iterable[int]:
    """Return the ids of a page and its descendants, read again because others may have moved them."""
    found = Page.objects.filter(pk=page.pk).first()
    return found.get_descendants(inclusive=True).values_list("pk", flat=True) if found else ()


def check_deletion(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Refuse to delete other pages than the confirmation screen showed.

    Raises:
        ReviewRefused: with the sentence for the user.
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
