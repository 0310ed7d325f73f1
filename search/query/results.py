"""What an engine found, made into what a page shows: one hit per page of the portal, in a settled order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.engines.base import EngineAnswer, EngineHit, SearchEngine

from .glossary import Expansion
from .plan import Planned, QueryPlan
from .profile import LEGAL_ES, Profile
from .request import SearchRequest


@dataclass(frozen=True, slots=True)
class Hit:
    """One page of the portal, by its best passage. `title_html` and `snippet` are safe and highlighted."""

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
    """One page of an answer: hits, exact total, facets, and how the question was understood."""

    request: SearchRequest
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    expansions: tuple[Expansion, ...] = ()
    suggestion: str = ""
    spare: bool = False
    planned: Planned | None = None

    @property
    def pages(self) -> int:
        """How many pages of results can be asked for."""
        needed = -(-self.total // self.request.per_page)
        return max(1, min(needed, self.request.deepest_page))


def best_passages(
    engine: SearchEngine, plan: QueryPlan, needed: int, profile: Profile = LEGAL_ES
) -> tuple[EngineAnswer, list[EngineHit]]:
    """The first `needed` groups, each by its best passage, in an order that does not depend on the engine.

    Windows, each twice as deep, are read until there are enough groups and no later passage can tie with
    the last of them.
    """
    first = engine.search(plan)
    found, exhausted = list(first.hits), len(first.hits) < plan.limit
    groups = grouped(found, plan.by_date, profile)
    while not exhausted and len(found) < profile.most_passages:
        if _settled(groups, found[-1], needed, plan.by_date, profile):
            break
        later = replace(plan, offset=len(found), limit=len(found), count=False, facets=())
        window = engine.search(later).hits
        exhausted = len(window) < later.limit
        found += window
        groups = grouped(found, plan.by_date, profile)
    return first, groups


def grouped(hits: Iterable[EngineHit], by_date: bool, profile: Profile = LEGAL_ES) -> list[EngineHit]:
    """Hits in their final order, only the best of each group kept."""
    best: dict[int, EngineHit] = {}
    for hit in sorted(hits, key=lambda hit: _rank(hit, by_date, profile)):
        best.setdefault(hit.group, hit)
    return list(best.values())


def _settled(
    groups: Sequence[EngineHit], last: EngineHit, needed: int, by_date: bool, profile: Profile
) -> bool:
    if len(groups) < needed:
        return False
    edge = groups[needed - 1]
    return _rank(edge, by_date, profile)[0] < _rank(last, by_date, profile)[0]


def _rank(hit: EngineHit, by_date: bool, profile: Profile) -> tuple[float, int, int, int]:
    """Best first: score (rounded, so that noise does not decide), then newest, then the older page."""
    score = 0.0 if by_date else round(hit.score, profile.score_digits)
    first = -float(hit.date) if by_date else -score
    return first, -hit.date, hit.group, hit.part
