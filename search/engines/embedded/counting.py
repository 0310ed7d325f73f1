"""Exact totals and facets, in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from tantivy import Occur, Query, Searcher

from search.engines.base import FACET_VALUES
from search.engines.embedded.fields import SCHEMA
from search.engines.embedded.queries import filtered
from search.plan import QueryPlan

MANY_BUCKETS = 1_000_000
TOTAL = "groups in all"

Facets = dict[str, tuple[tuple[str, int], ...]]


def counted(searcher: Searcher, match: Query, plan: QueryPlan) -> tuple[int, Facets]:
    """The exact total and facets, in groups: each facet without its own filter, with all the others."""
    filtered_by = {name for name, _ in plan.filters}
    total = 0
    facets: Facets = dict.fromkeys(plan.facets, ())
    if plan.count or not filtered_by.issuperset(plan.facets):
        free = tuple(name for name in plan.facets if name not in filtered_by)
        total, counts = _count(searcher, filtered(match, plan.filters), free)
        facets.update(counts)
    for name in filtered_by.intersection(plan.facets):
        others = tuple(pair for pair in plan.filters if pair[0] != name)
        facets.update(_count(searcher, filtered(match, others), (name,))[1])
    return total, facets


def _count(searcher: Searcher, query: Query, names: Collection[str]) -> tuple[int, Facets]:
    """Groups of one passage are counted as documents; groups of several are told apart by their number.

    An approximate distinct count would be cheaper, and wrong by a few: totals are promised exact.
    """
    single = Query.const_score_query(Query.term_query(SCHEMA, "parts", 1), 0.0)
    alone = Query.boolean_query([(Occur.Must, query), (Occur.Must, single)])
    shared = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, single)])
    groups = {"terms": {"field": "group", "size": MANY_BUCKETS, "segment_size": MANY_BUCKETS}}
    values = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
    nested = {name: {**terms, "aggs": {TOTAL: groups}} for name, terms in values.items()}
    several = searcher.aggregate(shared, {TOTAL: groups, **nested})
    each = searcher.aggregate(alone, values) if values else {}
    passages = searcher.search(query, 1).count  # type: ignore[attr-defined]  # missing in its stubs
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name in names:
        for bucket in each[name]["buckets"]:
            counts[name][bucket["key"]] += bucket["doc_count"]
        for bucket in several[name]["buckets"]:
            counts[name][bucket["key"]] += len(bucket[TOTAL]["buckets"])
    repeated = sum(bucket["doc_count"] - 1 for bucket in several[TOTAL]["buckets"])
    facets = {n: tuple(sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))) for n, c in counts.items()}
    return passages - repeated, facets
