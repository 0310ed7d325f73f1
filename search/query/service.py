"""Search the portal: its own index and glossary, and only pages that are public now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.db.models import Value
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant

from abierto.registry.models import GlossaryTerm, Institution, Municipality
from pages.core.cache import cached_for_version
from pages.glossary.queries import DefinedTerm
from search.engines import get_engine
from search.engines.base import SearchEngine
from search.indexing.institutions import Record, public_records

from .glossary import Glossary, index_definitions, name_key
from .institution_names import InstitutionName
from .pipeline import run
from .request import SearchRequest
from .reranking import configured_reranker
from .results import SearchResults

# The fields that cards and files need: address and family of a page, figure of a commitment, a ruling.
RECORD_FIELDS = (
    *("title", "path", "depth", "numchild", "url_path", "slug", "live", "content_type_id"),
    *("translation_key", "locale_id", "last_published_at"),
    *(f"commitmentpage__{name}" for name in ("start", "end", "cadence_months")),
    *(f"rulingpage__{name}" for name in ("finality", "is_fictional")),
)
# The sources of the rows of `_read_glossary`.
INSTITUTION, TERM, TOWN = range(3)


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
    """Read the terms with their lay words and definitions, and the names of institutions and municipalities.

    One query.
    """
    terms = GlossaryTerm.objects.public().order_by().annotate(source=Value(TERM))
    named = Institution.objects.public().order_by().annotate(source=Value(INSTITUTION))
    towns = Municipality.objects.public().order_by()
    columns = ("source", "pk", "term", "lay_synonyms", "definition")
    every = terms.values_list(*columns).union(
        named.values_list("source", "pk", "name", "acronym", "common_name"),
        towns.values_list(Value(TOWN), "pk", "name", "aliases", Value("")),
        all=True,
    )
    found = sorted(every)
    rows = [
        GlossaryTerm(**dict(zip(columns[1:], row, strict=True))) for source, *row in found if source == TERM
    ]
    institutions = tuple(
        InstitutionName.of(pk, acronym, (name, common_name))
        for source, pk, name, acronym, common_name in found
        if source == INSTITUTION
    )
    municipalities = frozenset(
        key
        for source, _pk, name, aliases, _none in found
        if source == TOWN
        for one in (name, *aliases.split(","))
        if (key := name_key(one))
    )
    compiled = Glossary.from_rows((row.term, row.lay_synonyms) for row in rows if row.lay_synonyms)
    defined = [DefinedTerm(row.term, row.definition, tuple(row.synonyms)) for row in rows if row.definition]
    return replace(
        compiled,
        definitions=index_definitions(defined),
        institutions=institutions,
        municipalities=municipalities,
    )


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
        found.update(public_records(groups, "commitmentpage", "rulingpage", fields=RECORD_FIELDS))
        return frozenset(found)

    glossary = current_glossary()
    engine = engine or get_engine()
    results = run(
        request, engine, glossary, visible, is_large=is_large(engine), reranker=configured_reranker()
    )
    return replace(results, definition=glossary.define(request.text)), found
