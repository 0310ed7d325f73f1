"""Links in rich text: an address only for what the public may open, whatever the stored id is.

The words of a link stay; without an open target they have no ``href``.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from abierto.media.models import PortalDocument

from .link_targets import current_targets

LONGEST_ID = 18  # digits; more do not fit a column of ids
WITHOUT_ADDRESS = "<a>"

Reference = tuple[type[Model], str, str, str]
"""Model, id, path in the model and path in the content, as the reference index wants them."""


class PublicPageLinkHandler(PageLinkHandler):
    """A link to a page, in the language being read; nothing else of a page that is not public."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each link. The queries do not depend on how many there are."""
        keys = [stored_id(attrs) for attrs in attrs_list]
        targets = current_targets().pages({key for key in keys if key is not None})
        linked = [targets[key].linked if key is not None else None for key in keys]
        return [opening_tag(page.url if page is not None else None) for page in linked]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[Reference]:
        """Yield the page that a well-formed link refers to."""
        if stored_id(attrs) is not None:
            yield Page, attrs["id"], "", ""


class OpenDocumentLinkHandler(DocumentLinkHandler):
    """A link to a document, unless a collection keeps it private."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each link. The queries do not depend on how many there are."""
        keys = [stored_id(attrs) for attrs in attrs_list]
        found = current_targets().documents({key for key in keys if key is not None})
        linked = [found.get(key) if key is not None else None for key in keys]
        return [opening_tag(document.url if document is not None else None) for document in linked]

    @classmethod
    def extract_references(
        cls, attrs: dict[str, str]
    ) -> Iterator[tuple[type[PortalDocument], str, str, str]]:
        """Yield the document that a well-formed link refers to."""
        if stored_id(attrs) is not None:
            yield PortalDocument, attrs["id"], "", ""


def stored_id(attrs: dict[str, str]) -> int | None:
    """Return the id that a link stores, or None when what it stores is no id."""
    text = attrs.get("id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def opening_tag(url: str | None) -> str:
    """Return the opening tag of a link; the closing one follows in the stored text."""
    return f'<a href="{escape(url)}">' if url else WITHOUT_ADDRESS
