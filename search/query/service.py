"""A question put to the portal's own index, with its own glossary, answered with what is public now."""

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
    """The language of the page being served, as the languages of the content are named."""
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def current_glossary() -> Glossary:
    """The portal's glossary, as its rows are now; compiled again only when one of them changed."""
    return cached_for_version("glossary", lambda: Glossary.from_rows(_glossary_rows()))


def _glossary_rows() -> Iterable[tuple[str, str]]:
    rows = GlossaryTerm.objects.public().exclude(lay_synonyms="").order_by("pk")
    return rows.values_list("term", "lay_synonyms")


def run_search(
    request: SearchRequest, engine: SearchEngine | None = None
) -> tuple[SearchResults, dict[int, Page]]:
    """The answer to a question, and the pages it shows. Raises `EngineError` when the index cannot answer."""
    found: dict[int, Page] = {}

    def visible(page_ids: Collection[int]) -> frozenset[int]:
        found.update(public_pages(page_ids, "commitmentpage"))  # what is shown of it needs its dates
        return frozenset(found)

    results = run(request, engine or get_engine(), current_glossary(), visible)
    return results, found
