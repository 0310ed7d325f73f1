"""Search the portal: its own index and glossary, and only pages that are public now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.conf import settings
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from abierto.registry.models import GlossaryTerm
from abierto.tenancy.visibility import public_pages
from pages.core.cache import cached_for_version
from search.engines import get_engine
from search.engines.base import SearchEngine

from .glossary import Glossary
from .pipeline import run
from .request import SearchRequest
from .results import SearchResults


def active_content_language() -> str:
    """Return the content language of the current request."""
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def current_glossary() -> Glossary:
    """Return the glossary of the portal, cached until a public change."""
    return cached_for_version("glossary", lambda: Glossary.from_rows(_glossary_rows()))


def _glossary_rows() -> Iterable[tuple[str, str]]:
    rows = GlossaryTerm.objects.public().exclude(lay_synonyms="").order_by("pk")
    return rows.values_list("term", "lay_synonyms")


def run_search(
    request: SearchRequest, engine: SearchEngine | None = None
) -> tuple[SearchResults, dict[int, Page]]:
    """Execute a request; return its results and pages. Raise `EngineError` if the index cannot respond."""
    found: dict[int, Page] = {}

    def visible(page_ids: Collection[int]) -> frozenset[int]:
        found.update(public_pages(page_ids, "commitmentpage"))  # its card needs its dates
        return frozenset(found)

    results = run(request, engine or get_engine(), current_glossary(), visible)
    return results, found
