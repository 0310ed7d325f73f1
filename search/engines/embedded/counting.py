"""Exact totals and facets, in groups.

A group is counted by its first passage, its head: what is filtered and counted is the same on every passage
of a page, so any passage that matches stands for the whole group. Counting values of distinct groups within
one aggregation is as exact and costs ten times more with fifteen facets.
"""

from __future__ import annotations

from tantivy import Occur, Query, Searcher

from search.engines.base import FACET_VALUES
from search.engines.embedded.fields import SCHEMA
from search.engines.embedded.queries import filtered
from search.plan import Filters, QueryPlan

MANY_BUCKETS = 1_000_000
GROUPS = "groups"

Facets = dict[str, tuple[tuple[str, int], ...]]


def counted(searcher: Searcher, match: Query, plan: QueryPlan) -> tuple[int, Facets]:
    """The exact total and facets, in groups: each facet without its own filter, with all the others."""
    always = tuple(pair for pair in plan.filters if pair[0] not in plan.facets)
    chosen = tuple(pair for pair in plan.filters if pair[0] in plan.facets)
    matching_all = plan.everything and not plan.terms and not plan.phrases
    heads = _head_query() if matching_all else _heads_of(searcher, filtered(match, always))
    if matching_all:
        heads = filtered(heads, always)
    facets: Facets = dict.fromkeys(plan.facets, ())
    own = {name for name, _values in chosen}
    facets.update(_values(searcher, filtered(heads, chosen), [n for n in plan.facets if n not in own]))
    for name in own:
        others: Filters = tuple(pair for pair in chosen if pair[0] != name)
        facets.update(_values(searcher, filtered(heads, others), [name]))
    total = searcher.search(filtered(heads, chosen), 1).count if plan.count else 0  # type: ignore[attr-defined]
    return int(total), facets


def _heads_of(searcher: Searcher, query: Query) -> Query:
    """The heads of the groups with a passage that matches; a group of one passage is its own head."""
    single = Query.const_score_query(Query.term_query(SCHEMA, "parts", 1), 0.0)
    shared = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, single)])
    groups = {"terms": {"field": "group", "size": MANY_BUCKETS, "segment_size": MANY_BUCKETS}}
    found = searcher.aggregate(shared, {GROUPS: groups})[GROUPS]["buckets"]
    alone = Query.boolean_query([(Occur.Must, query), (Occur.Must, single)])
    if not found:
        return alone
    several = Query.term_set_query(SCHEMA, "group", [int(bucket["key"]) for bucket in found])
    heads = Query.boolean_query([(Occur.Must, several), (Occur.Must, _head_query())])
    return Query.boolean_query([(Occur.Should, alone), (Occur.Should, heads)])


def _head_query() -> Query:
    return Query.const_score_query(Query.term_query(SCHEMA, "part", 0), 0.0)


def _values(searcher: Searcher, heads: Query, names: list[str]) -> Facets:
    """How many of the heads have each value of these fields, the commonest first."""
    if not names:
        return {}
    found = searcher.aggregate(
        heads, {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
    )
    counts = {name: [(str(b["key"]), int(b["doc_count"])) for b in found[name]["buckets"]] for name in names}
    return {
        name: tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))) for name, pairs in counts.items()
    }
