"""Group the hits of an engine by page, in an order that is the same for all engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pages.glossary.queries import DefinedTerm
from search.engines.base import EngineAnswer, EngineHit, SearchEngine

from .counts import search_with_counts
from .glossary import Expansion
from .plan import Planned, QueryPlan
from .profile import LEGAL_ES, Profile
from .request import SearchRequest

EXACT_TOTAL = 10_000  # a larger total is shown as «more than»


@dataclass(frozen=True, slots=True)
class Hit:
    """One page, by its best passage. `title_html` and `snippet` are escaped and highlighted."""

    group: int
    kind: str
    title: str
    title_html: str
    snippet: str
    url: str
    code: str = ""
    trail: str = ""
    outcome: str = ""
    score: float = 0.0
    date: int = 0


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of results: hits, exact total, facets, and how the query was understood."""

    request: SearchRequest
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    expansions: tuple[Expansion, ...] = ()
    suggestion: str = ""
    is_loosened: bool = False
    from_fallback: bool = False
    planned: Planned | None = None
    definition: DefinedTerm | None = None

    @property
    def is_unquoted(self) -> bool:
        """Check whether no page contains the quoted phrases, so that their words were searched instead."""
        return self.planned is not None and bool(self.request.phrases) and not self.planned.plan.phrases

    @property
    def pages(self) -> int:
        """Return how many pages of results can be requested."""
        needed = -(-self.total // self.request.per_page)
        return max(1, min(needed, self.request.deepest_page))


def best_passages(
    engine: SearchEngine, plan: QueryPlan, needed: int, profile: Profile = LEGAL_ES
) -> tuple[EngineAnswer, list[EngineHit]]:
    """Return the first `needed` groups, each by its best passage, in the order that all engines share.

    Windows, each twice as deep, are read until there are enough groups and no later passage can tie with the
    last of them.
    """
    first = search_with_counts(engine, plan)
    found, read, exhausted = list(first.hits), first.read, first.read < plan.limit
    groups = group_hits(found, plan.by_date, profile)
    while not exhausted and read < profile.most_passages:
        if _is_settled(groups, found, needed, plan.by_date, profile):
            break
        later = replace(plan, offset=read, limit=read, count=False, facets=())
        window = engine.search(later)
        exhausted = window.read < later.limit
        found += window.hits
        read += window.read
        groups = group_hits(found, plan.by_date, profile)
    return first, groups if plan.by_date else nest_updates(groups, {hit.group for hit in first.hits})


def group_hits(hits: Iterable[EngineHit], by_date: bool, profile: Profile = LEGAL_ES) -> list[EngineHit]:
    """Return the hits in final order, only the best of each group."""
    best: dict[int, EngineHit] = {}
    for hit in sorted(hits, key=lambda hit: _rank(hit, by_date, profile)):
        best.setdefault(hit.group, hit)
    return list(best.values())


def nest_updates(groups: Sequence[EngineHit], first: Collection[int]) -> list[EngineHit]:
    """Move each update that ranks below its commitment directly behind it.

    Only those of the `first` window: it is read for every page of results, so that all have one order.
    """
    places = {hit.group: place for place, hit in enumerate(groups)}
    moved = {
        hit.group: places[hit.family]
        for place, hit in enumerate(groups)
        if hit.group in first and places.get(hit.family, place) < place
    }
    return sorted(groups, key=lambda hit: (moved.get(hit.group, places[hit.group]), hit.group in moved))


def _is_settled(
    groups: Sequence[EngineHit], found: Sequence[EngineHit], needed: int, by_date: bool, profile: Profile
) -> bool:
    if not found or len(groups) < needed:
        return False
    edge = groups[needed - 1]
    return _rank(edge, by_date, profile)[0] < _rank(found[-1], by_date, profile)[0]


def _rank(hit: EngineHit, by_date: bool, profile: Profile) -> tuple[float, int, int, int]:
    """Return the sort key: score (rounded against noise), then newest, then lowest page id."""
    score = 0.0 if by_date else round(hit.score, profile.score_digits)
    first = -float(hit.date) if by_date else -score
    return first, -hit.date, hit.group, hit.part
