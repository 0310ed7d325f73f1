"""Cache the totals and facets of frequent queries for one public version.

Counting is the slowest part of a query in a large index. A publication raises the version before and after
the index is written, so counts of an older index are never shown with a newer one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import replace
from threading import Lock

from pages.core.cache import cached_for_version
from search.engines.base import EngineAnswer, SearchEngine

from .plan import QueryPlan

MAX_QUESTIONS = 500

Counts = tuple[int, Mapping[str, tuple[tuple[str, int], ...]]]


class CountCache:
    """The counts of the last queries of one version (least recently used are dropped)."""

    def __init__(self) -> None:
        self._counts: OrderedDict[Hashable, Counts] = OrderedDict()
        self._guard = Lock()

    def find(self, key: Hashable) -> Counts | None:
        with self._guard:
            found = self._counts.get(key)
            if found is not None:
                self._counts.move_to_end(key)
            return found

    def add(self, key: Hashable, counts: Counts) -> None:
        """Add the counts of a query, and drop those of the least recently used one."""
        with self._guard:
            self._counts[key] = counts
            if len(self._counts) > MAX_QUESTIONS:
                self._counts.popitem(last=False)


def search_with_counts(engine: SearchEngine, plan: QueryPlan) -> EngineAnswer:
    """Execute a plan; do not count again what was counted for this public version."""
    if not plan.count and not plan.facets:
        return engine.search(plan)
    cache = cached_for_version("search counts", CountCache)
    key = (engine, _counted_part(plan))
    known = cache.find(key)
    if known is not None:
        total, facets = known
        if not plan.limit:
            return EngineAnswer((), total, facets)
        answer = engine.search(replace(plan, count=False, facets=()))
        return replace(answer, total=total, facets=facets)
    answer = engine.search(plan)
    if not answer.from_fallback:
        cache.add(key, (answer.total, answer.facets))
    return answer


def _counted_part(plan: QueryPlan) -> QueryPlan:
    """Return the plan without the parts that affect only the order or the window."""
    counted = replace(plan, by_date=False, limit=0, offset=0)
    return replace(counted, rerank=(), held=(), named=(), preferred=(), demoted=())
