"""Prefetch the pages and documents that a page links to while it is rendered.

The number of queries does not grow with the links: all targets of the live version are read with the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, ReferenceIndex

from abierto.media.access import unrestricted_documents
from abierto.media.models import PortalDocument
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.visibility import public_condition

from .reads import record_pages


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A linked page: whether it is public, and the page to link to (its public translation, or itself)."""

    is_public: bool = False
    linked: Page | None = None


class LinkTargets:
    """The link targets of one rendered page, each read once."""

    def __init__(self, page: Page | None = None) -> None:
        self._page = page
        self._referenced: dict[type, set[int]] | None = None
        self._pages: dict[int, PageTarget] = {}
        self._documents: dict[int, PortalDocument | None] = {}

    def pages(self, keys: Collection[int]) -> dict[int, PageTarget]:
        """Return the targets of these ids of pages."""
        missing = self._missing(Page, keys, self._pages)
        if missing:
            self._pages |= dict.fromkeys(missing, PageTarget()) | _read_targets(missing)
        return {key: self._pages[key] for key in keys}

    def documents(self, keys: Collection[int], *, only_these: bool = False) -> dict[int, PortalDocument]:
        """Return the documents outside private collections; ``only_these`` prefetches no other documents."""
        missing = set(keys) - self._documents.keys()
        if missing and not only_these:
            missing = self._missing(PortalDocument, keys, self._documents)
        if missing:
            self._documents |= dict.fromkeys(missing) | unrestricted_documents(missing)
        return {key: found for key in keys if (found := self._documents[key]) is not None}

    def _missing(self, model: type, keys: Collection[int], known: dict[int, Any]) -> set[int]:
        """Return the ids to query now: the unknown ones, with all the others that the page refers to."""
        if known.keys() >= set(keys):
            return set()
        if self._referenced is None:
            self._referenced = _read_references(self._page) if self._page is not None else {}
        return (set(keys) | self._referenced.get(model, set())) - known.keys()


_targets: ContextVar[LinkTargets | None] = ContextVar("abierto_link_targets", default=None)


@contextmanager
def link_targets_of(page: Page | None) -> Iterator[None]:
    """Render ``page`` with its link targets prefetched; without one, read each target once."""
    token = _targets.set(LinkTargets(page))
    try:
        yield
    finally:
        _targets.reset(token)


def current_link_targets() -> LinkTargets:
    """Return the targets of the page being rendered; outside a page, an empty cache."""
    return _targets.get() or LinkTargets()


def public_page_ids(keys: Collection[int]) -> set[int]:
    """Return those of the ids whose pages are public; the rule of ``blocks``."""
    return {key for key, target in current_link_targets().pages(keys).items() if target.is_public}


def open_document_ids(keys: Collection[int]) -> set[int]:
    """Return the ids of the documents outside private collections; the rule that ``blocks`` uses."""
    return set(current_link_targets().documents(keys))


def _read_references(page: Page) -> dict[type, set[int]]:
    """Return the ids of the pages and documents that the live version of ``page`` refers to, by model."""
    kinds = ContentType.objects.get_for_models(Page, PortalDocument)
    models = {kind.pk: model for model, kind in kinds.items()}
    rows = ReferenceIndex.get_references_for_object(page).filter(to_content_type__in=models)
    found: dict[type, set[int]] = {}
    with declared_reads():
        keys = list(rows.values_list("to_content_type", "to_object_id"))
    for kind, key in keys:
        if key.isdigit():
            found.setdefault(models[kind], set()).add(int(key))
    return found


def _read_targets(keys: Collection[int]) -> dict[int, PageTarget]:
    """Return the targets of the page ids. One query, translations included."""
    language = _content_language_read()
    wanted = Page.objects.filter(pk__in=keys)
    translations = Q(translation_key__in=wanted.values("translation_key"), locale__language_code=language)
    rows = Page.objects.filter(Q(pk__in=keys) | translations).annotate(
        is_public=public_condition(), language=F("locale__language_code")
    )
    # All are recorded, also those that are not public: the link appears when they are.
    with declared_reads():
        pages = list(rows)
    record_pages(page.path for page in pages)
    translated = {
        page.translation_key: page for page in pages if page.is_public and page.language == language
    }
    return {
        page.pk: PageTarget(
            page.is_public, translated.get(page.translation_key) or (page if page.is_public else None)
        )
        for page in pages
    }


def _content_language_read() -> str:
    """Return the content language for the visitor's language."""
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)
