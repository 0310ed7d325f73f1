"""Which of the pages that an editor chose may be shown to everybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Card:
    """What a template needs to show a link with a sentence."""

    title: str
    url: str
    text: str = ""
    code: str = ""
    site: str = ""


def public_ids(pages: Iterable[Page | None]) -> set[int]:
    """Return the ids of the pages that anybody may read; two queries, however many the pages."""
    ids = [page.pk for page in pages if page is not None]
    if not ids:
        return set()
    return set(Page.objects.filter(pk__in=ids).live().public().values_list("pk", flat=True))


def page_card(page: Page, request: HttpRequest | None, title: str = "", text: str = "") -> Card | None:
    """Return the card of a page, or nothing when the page has no address in this site."""
    url = page.get_url(request)
    if not url:
        return None
    return Card(
        title=title or page.title,
        url=url,
        text=text or getattr(page, "summary", ""),
        code=getattr(page, "code", ""),
    )
