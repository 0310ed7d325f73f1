"""Search the portal: its own index and glossary, and only pages that are public now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.db.models import Value
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant

from abierto.registry.models import GlossaryTerm, Institution
from pages.core.cache import cached_for_version
from pages.glossary.queries import DefinedTerm
from search.engines import get_engine
from search.engines.base import SearchEngine
from search.indexing.institutions import Record, public_records

from .glossary import Glossary, index_definitions
from .institution_names import InstitutionName
from .pipeline import run
from .request import SearchRequest
from .reranking import configured_reranker
from .results import SearchResults


def active_content_language() -> str:
    """Return the content language of the current request."""
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def current_glossary() -> Glossary:
    """Return the glossary of the portal, cached until a public change."""
    return cached_for_version("glossary", _read_glossary)


def _read_glossary() -> Glossary:
    """Read the terms with their lay words and definitions, and the names of institutions, in one query."""
    terms = GlossaryTerm.objects.public().order_by().annotate(is_term=Value(1))
    named = Institution.objects.public().order_by().annotate(is_term=Value(0))
    columns = ("is_term", "pk", "term", "lay_synonyms", "definition")
    both = terms.values_list(*columns).union(
        named.values_list("is_term", "pk", "name", "acronym", "common_name"), all=True
    )
    found = sorted(both)
    rows = [GlossaryTerm(**dict(zip(columns[1:], row, strict=True))) for is_term, *row in found if is_term]
    institutions = tuple(
        InstitutionName.of(pk, acronym, (name, common_name))
        for is_term, pk, name, acronym, common_name in found
        if not is_term
    )
    compiled = Glossary.from_rows((row.term, row.lay_synonyms) for row in rows if row.lay_synonyms)
    defined = [DefinedTerm(row.term, row.definition, tuple(row.synonyms)) for row in rows if row.definition]
    return replace(compiled, definitions=index_definitions(defined), institutions=institutions)


def is_large(engine: SearchEngine) -> bool:
    """Check that the index is so large that queries of three words must find two of them in a page."""
    passages = cached_for_version(("passages", engine.name), engine.count)
    return passages >= settings.ABIERTO_SEARCH_MINIMUM_FROM


def run_search(
    request: SearchRequest, engine: SearchEngine | None = None
) -> tuple[SearchResults, dict[int, Record]]:
    """Execute a request; return its results with their pages and institutions.

    Raise `EngineError` if the index cannot respond.
    """
    found: dict[int, Record] = {}

    def visible(groups: Collection[int]) -> frozenset[int]:
        found.update(public_records(groups, "commitmentpage", "rulingpage"))  # their cards need their fields
        return frozenset(found)

    glossary = current_glossary()
    engine = engine or get_engine()
    results = run(
        request, engine, glossary, visible, is_large=is_large(engine), reranker=configured_reranker()
    )
    return replace(results, definition=glossary.define(request.text)), found
