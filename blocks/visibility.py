"""Check which chosen pages and documents are public, by rules that the portal registers.

The app that uses the blocks registers them (:func:`set_rules`). Until then, nothing is public.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

Rule = Callable[[Collection[int]], Collection[int]]
"""Return those of the ids that all visitors may read."""

_rules: dict[str, Rule] = {}


def set_rules(*, pages: Rule, documents: Rule) -> None:
    """Set the rules for public pages and documents. Called once, when the applications are ready."""
    _rules.update(pages=pages, documents=documents)


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The data of a link with a short text."""

    title: str
    url: str
    text: str = ""
    code: str = ""
    site: str = ""


def public_page_ids(pages: Iterable[Page | None]) -> set[int]:
    """Return the ids of the public pages."""
    return _public_ids("pages", {page.pk for page in pages if page is not None})


def document_url(document: AbstractDocument | None) -> str:
    """Return the URL of a public document, or nothing."""
    if document is None or document.pk not in _public_ids("documents", {document.pk}):
        return ""
    return str(document.url)


def _public_ids(kind: str, keys: set[int]) -> set[int]:
    rule = _rules.get(kind)
    return set(rule(keys)) if rule is not None and keys else set()


def build_page_card(
    page: Page, request: HttpRequest | None, title: str = "", text: str = ""
) -> LinkCard | None:
    """Return the card of a page, or nothing when the page has no address in this site."""
    url = page.get_url(request)
    if not url:
        return None
    return LinkCard(
        title=title or page.title,
        url=url,
        text=text or getattr(page, "summary", ""),
        code=getattr(page, "code", ""),
    )
