"""Exact totals and facets, in groups.

A group is counted by its head, its first passage: filter values are equal on all passages of a page. The head
also has the stems of the whole page (`page`), so most counts read no other passage; only words that must be
adjacent are searched in each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tantivy import Occur, Query, Searcher

from search.engines.base import FACET_VALUES
from search.engines.embedded.fields import SCHEMA
from search.engines.embedded.queries import any_of, any_term, filtered, match_query, term_query
from search.indexing.schema import PAGE_FIELD, PAGE_STEMS, page_token
from search.query.plan import Filters, Minimum, QueryPlan, Term

MANY_BUCKETS = 1_000_000
GROUPS, TOTAL = "groups", "total"
HEADS = Query.const_score_query(Query.term_query(SCHEMA, "part", 0), 0.0)

Facets = dict[str, tuple[tuple[str, int], ...]]


def count_groups(searcher: Searcher, plan: QueryPlan) -> tuple[int, Facets]:
    """Return the exact total and facets, in groups: each facet without its own filter, with the others."""
    always = tuple(pair for pair in plan.filters if pair[0] not in plan.facets)
    chosen = tuple(pair for pair in plan.filters if pair[0] in plan.facets)
    heads = filtered(_heads(searcher, plan, always), always)
    own = {name for name, _values in chosen}
    free = [name for name in plan.facets if name not in own]
    total, facets = _values(searcher, filtered(heads, chosen), free)
    for name in own:
        others: Filters = tuple(pair for pair in chosen if pair[0] != name)
        facets |= _values(searcher, filtered(heads, others), [name])[1]
    return total, {name: facets[name] for name in plan.facets}


def _heads(searcher: Searcher, plan: QueryPlan, always: Filters) -> Query:
    """Return the query for the heads of the matching groups that contain the minimum of words."""
    if plan.minimum is None:
        return _matching_heads(searcher, plan, always)
    enough = _minimum_query(plan.minimum)
    if not plan.phrases and all(map(_is_pagewide, plan.terms)):
        return enough  # its words are terms of the plan, and what a title has its text has as well
    return Query.boolean_query([(Occur.Must, _matching_heads(searcher, plan, always)), (Occur.Must, enough)])


def _matching_heads(searcher: Searcher, plan: QueryPlan, always: Filters) -> Query:
    if plan.phrases:
        return _heads_of(searcher, filtered(match_query(plan), always))
    if not plan.terms:
        return HEADS if plan.everything else Query.empty_query()
    pagewide = [term for term in plan.terms if _is_pagewide(term)]
    local = [term for term in plan.terms if not _is_pagewide(term)]
    found = [Query.boolean_query([(Occur.Must, any_term(_page_terms(pagewide))), (Occur.Must, HEADS)])]
    if local:
        found.append(_heads_of(searcher, filtered(any_term(local), always)))
    return Query.boolean_query([(Occur.Should, query) for query in found])


def _is_pagewide(term: Term) -> bool:
    """Check whether the head is enough to match this term, without the other passages."""
    return term.field == "ref" or (term.field in PAGE_STEMS and " " not in term.text)


def _page_terms(terms: Iterable[Term]) -> list[Term]:
    """Return the terms in the fields of the head, each once, without weights."""
    return list(dict.fromkeys(_page_term(term, term.text) for term in terms))


def _page_term(term: Term, word: str) -> Term:
    if term.field not in PAGE_STEMS:
        return Term(term.field, word, fuzzy=term.fuzzy)
    return Term(PAGE_FIELD, page_token(term.field, word), fuzzy=term.fuzzy)


def groups_holding(searcher: Searcher, minimum: Minimum, groups: Collection[int]) -> frozenset[int]:
    """Return those of the groups that contain enough words of the query.

    Each word adds one to the score of a head: so only these heads are visited, while the minimum of a query
    visits all that have a word.
    """
    if not groups:
        return frozenset()
    several = any_of(Query.term_query(SCHEMA, "group", group, "basic") for group in groups)
    clauses = [(Occur.Must, Query.const_score_query(several, 0.0)), (Occur.Must, HEADS)]
    clauses += [(Occur.Should, Query.const_score_query(word, 1.0)) for word in _word_queries(minimum)]
    found = searcher.search(Query.boolean_query(clauses), len(groups), False).hits
    enough = [address for score, address in found if score >= minimum.count]
    held = searcher.fast_field_values("group", enough)
    return frozenset(int(group) for group in held if group is not None)


def _minimum_query(minimum: Minimum) -> Query:
    """Return the query for the heads of the groups with enough words, without scores."""
    words = [(Occur.Should, word) for word in _word_queries(minimum)]
    enough = Query.boolean_query(words, minimum_number_should_match=minimum.count)
    return Query.boolean_query([(Occur.Must, HEADS), (Occur.Must, Query.const_score_query(enough, 0.0))])


def _word_queries(minimum: Minimum) -> list[Query]:
    return [any_of(map(_every_word, alternatives)) for alternatives in minimum.words]


def _every_word(term: Term) -> Query:
    pages = [term_query(_page_term(term, word)) for word in term.text.split()]
    return Query.boolean_query([(Occur.Must, query) for query in pages])


def _heads_of(searcher: Searcher, query: Query) -> Query:
    """Return the query for the heads of the groups with a passage that matches this query."""
    groups = {"terms": {"field": "group", "size": MANY_BUCKETS, "segment_size": MANY_BUCKETS}}
    found = searcher.aggregate(query, {GROUPS: groups})[GROUPS]["buckets"]
    if not found:
        return Query.empty_query()
    several = Query.term_set_query(SCHEMA, "group", [int(bucket["key"]) for bucket in found])
    return Query.boolean_query([(Occur.Must, several), (Occur.Must, HEADS)])


def _values(searcher: Searcher, heads: Query, names: Sequence[str]) -> tuple[int, Facets]:
    """Return the number of heads, and for each field its values with their counts, most frequent first."""
    aggregations = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
    found = searcher.aggregate(heads, {TOTAL: {"value_count": {"field": "group"}}, **aggregations})
    counts = {name: [(str(b["key"]), int(b["doc_count"])) for b in found[name]["buckets"]] for name in names}
    facets = {
        name: tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))) for name, pairs in counts.items()
    }
    return int(found[TOTAL]["value"]), facets
