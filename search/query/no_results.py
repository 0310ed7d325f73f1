"""Build the help for a query without results: fewer filters, similar words, the dates of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.http import HttpRequest

from abierto.tenancy.visibility import public_pages
from search.engines.base import EngineHit, SearchEngine
from search.indexing.words import find_words
from search.web.labels import Labels
from search.web.presentation import label_days, without_filters

from .analysis import STOP_WORDS, stem
from .facets import ALL_FACETS
from .filters import query_string
from .plan import Filters, Planned, QueryPlan, replace_filters
from .request import SearchRequest
from .results import group_hits
from .suggestions import find_public_words

MAX_FILTERS = 6
MAX_WORDS = 4
ASKED_ABOUT = 5  # limit of unknown words
PREFIX = 3
CANDIDATES = 60
NEAR = 0.7
OF_A_YEAR = 500


@dataclass(frozen=True, slots=True)
class AlternativeQuery:
    """A query that has results, and how many."""

    text: str
    query: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class NearbyRecord:
    """A page and its date."""

    title: str
    url: str
    day: date


@dataclass(frozen=True, slots=True)
class NoResultsHelp:
    dropping: tuple[AlternativeQuery, ...] = ()
    unfiltered: AlternativeQuery | None = None
    near: tuple[AlternativeQuery, ...] = ()
    oldest: NearbyRecord | None = None
    newest: NearbyRecord | None = None


def build_no_results_help(
    query: SearchRequest, planned: Planned, labels: Labels, engine: SearchEngine, request: HttpRequest
) -> NoResultsHelp:
    """Build the help for a request without results. Raise `EngineError` if the index cannot answer."""
    records = _date_range(query.locale, engine, request)
    counter = _Counter(engine, planned.plan)
    return NoResultsHelp(
        dropping=tuple(_dropping(query, labels, counter)),
        unfiltered=counter.alternative("", without_filters(query)) if query.filters or query.days else None,
        near=tuple(_near(query, planned.tokens, engine)),
        oldest=records[0] if len(records) > 1 else None,
        newest=records[-1] if records else None,
    )


@dataclass(frozen=True, slots=True)
class _Counter:
    """Count the results of the same words with fewer filters."""

    engine: SearchEngine
    plan: QueryPlan

    def alternative(self, text: str, freer: SearchRequest) -> AlternativeQuery | None:
        """Return the query of ``freer`` if it has results."""
        total = self.engine.search(replace_filters(self.plan, freer)).total
        return AlternativeQuery(text, query_string(freer), total) if total else None


def _dropping(query: SearchRequest, labels: Labels, counter: _Counter) -> Iterator[AlternativeQuery]:
    """Yield the query without one of its filters each, if that has results."""
    for facet in [facet for facet in ALL_FACETS if facet.field in query.filters][:MAX_FILTERS]:
        names = [facet.label_of(value, labels) or value for value in query.filters[facet.field]]
        alternative = counter.alternative(", ".join(names), query.without_filter(facet.field))
        if alternative is not None:
            yield alternative
    if query.days and (alternative := counter.alternative(label_days(query.days), query.without_days())):
        yield alternative


def _near(query: SearchRequest, words: Sequence[str], engine: SearchEngine) -> list[AlternativeQuery]:
    """Return queries of words of public pages that are similar to the unknown words of the query."""
    tokens = [token for token in dict.fromkeys(words) if token not in STOP_WORDS]
    known = engine.known([stem(token) for token in tokens])
    near: list[str] = []
    for token in [token for token in tokens if stem(token) not in known][:ASKED_ABOUT]:
        candidates = find_words(token[:PREFIX], query.locale, CANDIDATES)
        near += get_close_matches(token, candidates, MAX_WORDS, NEAR)
    written = find_public_words(list(dict.fromkeys(near))[:MAX_WORDS], query.locale, engine)
    return [AlternativeQuery(word, query_string(query.with_text(word))) for word in written.values()]


def _date_range(locale: str, engine: SearchEngine, request: HttpRequest) -> list[NearbyRecord]:
    """Return the oldest and the newest dated pages that are public now."""
    own = (("locale", (locale,)),)
    everything = _dated(own, limit=1, facets=("year",))
    answer = engine.search(everything)
    years = sorted(year for year, _count in answer.facets["year"])
    if not years:
        return []
    hits = [*_oldest(own, years, engine), *answer.hits[:1]]
    pages = public_pages([hit.group for hit in hits])
    unique: Mapping[int, EngineHit] = {hit.group: hit for hit in hits if hit.group in pages}
    return [
        NearbyRecord(pages[group].title, pages[group].get_url(request) or "", date.fromordinal(hit.date))
        for group, hit in unique.items()
        if hit.date
    ]


def _oldest(own: Filters, years: Sequence[str], engine: SearchEngine) -> list[EngineHit]:
    """Return the oldest dated hit. A year may have none: a commitment can have only the year of its plan."""
    for year in years:
        found = engine.search(_dated((*own, ("year", (year,))), limit=OF_A_YEAR)).hits
        dated = [hit for hit in group_hits(found, by_date=True) if hit.date]
        if dated:
            return dated[-1:]
    return []


def _dated(filters: Filters, limit: int, facets: tuple[str, ...] = ()) -> QueryPlan:
    return QueryPlan(filters=filters, facets=facets, by_date=True, limit=limit, count=False, everything=True)
