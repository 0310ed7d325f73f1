"""Translate a plan to Elasticsearch queries."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.engines.base import FACET_VALUES
from search.engines.elasticsearch.fields import PASSAGES, PAYLOAD
from search.indexing.schema import PAGE_FIELD, PAGE_STEMS, page_token
from search.query.date_range import DATE_FIELD
from search.query.plan import Filters, QueryPlan, Term

COUNTED = "counted"
FREE = "free"  # the facets without a filter of their own
MAX_WITH_PAYLOAD = 100  # pages of a window that contains payloads
RERANKED = 500  # pages
ALL_SHARDS = "dfs_query_then_fetch"  # score with the word frequencies of all shards; one shard skips it
FIRST_PASSAGE = Q("term", **{f"{PASSAGES}.part": 0})


def match_query(plan: QueryPlan) -> Query:
    """Return the clauses that a passage must match and those that raise its score; no grams, no filters."""
    needed = [phrase_query(words) for words in plan.phrases]
    if plan.terms:
        needed.append(any_term(plan.terms))
    if not needed:
        return FIRST_PASSAGE if plan.everything else Q("match_none")
    if plan.by_date:
        return Q("bool", filter=needed)
    named = [query for term in plan.named for query in term_queries((term,))]
    return Q("bool", must=needed, should=[Q("bool", must=named)] if named else [])


def hits_query(plan: QueryPlan, passage: Query) -> Search:
    """Return the query for one window of pages in the order of the plan, scored by their best passage.

    The first window contains the payload to show, which saves a call; later windows may be long, so only the
    pages shown are read (`passages_query`).
    """
    mode = "none" if plan.by_date else "max"
    best = {} if plan.offset or plan.limit > MAX_WITH_PAYLOAD else {"inner_hits": _best(plan.by_date)}
    match = Q("nested", path=PASSAGES, query=passage, score_mode=mode, **best)
    narrowed = [*conditions(plan.filters), *_minimum(plan)]
    search = Search().query(Q("bool", must=[match], filter=narrowed, should=_preferred(plan)))
    search = search[plan.offset : plan.offset + max(1, plan.limit)].extra(
        stored_fields="_none_", docvalue_fields=["group", "date", "family"], track_total_hits=False
    )
    if plan.by_date:
        return search.sort("-date", "group")
    search = search.params(search_type=ALL_SHARDS)
    return search.extra(rescore=_reranking(plan, passage)) if plan.rerank or plan.held else search


def _reranking(plan: QueryPlan, passage: Query) -> dict[str, Any]:
    """Return the rescoring of the best pages by grams and by the number of words, which only raise scores.

    Grams cost ten times as much as words and rarely lift a page into the first ten from far below.
    """
    held = [Q("constant_score", filter=any_term(word), boost=word[0].weight) for word in plan.held]
    whole = Q("bool", must=[passage], should=[*term_queries(plan.rerank), *held])
    again = Q("nested", path=PASSAGES, query=whole, score_mode="max")
    scored = Q("bool", must=[again], should=_preferred(plan))
    return {"window_size": RERANKED, "query": {"rescore_query": scored.to_dict(), "score_mode": "max"}}


def _preferred(plan: QueryPlan) -> list[Query]:
    """Return optional clauses that raise the pages with, or without, a filter value by a constant."""
    if plan.by_date:
        return []
    raised = [(_value(term), term.weight) for term in plan.preferred]
    raised += [(~_value(term), term.weight) for term in plan.demoted]
    return [Q("constant_score", filter=pages, boost=weight) for pages, weight in raised]


def _value(term: Term) -> Query:
    """Return the query for pages with a filter value; with any, if the text is empty."""
    return Q("term", **{term.field: term.text}) if term.text else Q("exists", field=term.field)


def _minimum(plan: QueryPlan) -> list[Query]:
    """Return the condition that a page contains enough words of the query, if the plan has one."""
    if plan.minimum is None:
        return []
    words = [Q("bool", should=[_every_word(term) for term in word]) for word in plan.minimum.words]
    return [Q("bool", should=words, minimum_should_match=plan.minimum.count)]


def _every_word(term: Term) -> Query:
    tokens = [page_token(term.field, word) for word in term.text.split()]
    if term.fuzzy:
        return _nearly(PAGE_FIELD, tokens[0])
    return Q("bool", filter=[Q("term", **{PAGE_FIELD: token}) for token in tokens])


def counts_query(plan: QueryPlan) -> Search:
    """Return the query for the total and the facet counts: each facet without its own filter."""
    own = tuple(pair for pair in plan.filters if pair[0] in plan.facets)
    match = [*_matching_pages(plan), *_minimum(plan), *conditions(plan.filters, leave=plan.facets)]
    search = Search().query(Q("bool", filter=match))[:0]
    if own:  # filters of counted fields apply after counting
        search = search.post_filter(Q("bool", filter=conditions(own)))
    return search.extra(track_total_hits=plan.count, **({"aggs": _facets(plan, own)} if plan.facets else {}))


def _facets(plan: QueryPlan, own: Filters) -> dict[str, Any]:
    """Return the aggregations of the facets, one for all facets with the same filters."""
    values = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in plan.facets}
    if not own:
        return values
    filtered = [name for name, _values in own]
    free = {name: terms for name, terms in values.items() if name not in filtered}
    return {FREE: _narrowed(own, free)} | {
        name: _narrowed([pair for pair in own if pair[0] != name], {name: values[name]}) for name in filtered
    }


def _narrowed(filters: Iterable[tuple[str, tuple[str, ...]]], counted: dict[str, Any]) -> dict[str, Any]:
    return {"filter": Q("bool", filter=conditions(filters)).to_dict(), "aggs": counted}


def _matching_pages(plan: QueryPlan) -> list[Query]:
    """Return the query for pages with a matching passage; nested only where page fields do not suffice."""
    if plan.phrases:
        return [_page_of(match_query(replace(plan, by_date=True)))]
    if not plan.terms:
        return [] if plan.everything else [Q("match_none")]
    pagewide = [term for term in plan.terms if _is_pagewide(term)]
    local = [term for term in plan.terms if not _is_pagewide(term)]
    tokens = dict.fromkeys((page_token(term.field, term.text), term.fuzzy) for term in pagewide)
    words = [word for word, fuzzy in tokens if not fuzzy]
    found = [Q("terms", **{PAGE_FIELD: words})] if words else []
    found += [_nearly(PAGE_FIELD, word) for word, fuzzy in tokens if fuzzy]
    if local:
        found.append(_page_of(any_term(local)))
    return [Q("bool", should=found)]


def _is_pagewide(term: Term) -> bool:
    """Check whether the page field is enough to match this term, without its passages."""
    return term.field in PAGE_STEMS and " " not in term.text


def _page_of(passage: Query) -> Query:
    return Q("nested", path=PASSAGES, query=passage, score_mode="none")


def _best(by_date: bool) -> dict[str, Any]:
    """Return the inner hits that read the best matching passage of a page: its number and its payload."""
    order = [{_inside("part"): "asc"}]
    return {
        "size": 1,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [_inside("part"), _inside(PAYLOAD)],
        "sort": order if by_date else [{"_score": "desc"}, *order],
    }


def conditions(filters: Iterable[tuple[str, tuple[str, ...]]], leave: Collection[str] = ()) -> list[Query]:
    """Return the filters as queries without score, except those of the fields in ``leave``."""
    return [_condition(name, values) for name, values in filters if name not in leave]


def _condition(name: str, values: tuple[str, ...]) -> Query:
    if name == DATE_FIELD:
        first, last = map(int, values)
        return Q("range", **{name: {"gte": first, "lte": last}})
    return Q("terms", **{name: list(values)})


def any_term(terms: Iterable[Term]) -> Query:
    return Q("bool", should=list(term_queries(terms)))


def term_queries(terms: Iterable[Term]) -> Iterable[Query]:
    """Yield the terms; plain terms of one field and weight become one equivalent query."""
    for (field, weight, special), group in groupby(terms, key=_alike):
        if special:
            yield from (_special(term) for term in group)
        else:
            words = {"query": " ".join(term.text for term in group), "boost": weight}
            yield Q("match", **{_inside(field): words})


def phrase_query(words: tuple[str, ...]) -> Query:
    """Return the query for adjacent words."""
    return Q("match_phrase", **{_inside("exact"): " ".join(words)})


def passages_query(passage: Query, groups: Iterable[int], by_date: bool) -> Search:
    """Return the query for the best matching passage of each of these pages."""
    named = [str(group) for group in groups]
    match = Q("nested", path=PASSAGES, query=passage, score_mode="none", inner_hits=_best(by_date))
    pages = Search().query(Q("bool", filter=[Q("ids", values=named), match]))
    return pages[: len(named)].extra(stored_fields="_none_", docvalue_fields=["group"])


def known_query(stem: str) -> Search:
    """Return the query that checks whether any page contains a stem; it stops at the first one."""
    tokens = [page_token(field, stem) for field in PAGE_STEMS]
    holds = Q("bool", filter=[Q("terms", **{PAGE_FIELD: tokens})])
    return Search().query(holds)[:0].extra(terminate_after=1, track_total_hits=1)


def preference(plan: QueryPlan) -> str:
    """Return a key that sends equal queries to the same copy, so that their windows fit together."""
    return format(zlib.crc32(repr((plan.terms, plan.phrases, plan.filters)).encode()), "08x")


def _alike(term: Term) -> tuple[str, float, bool]:
    return term.field, term.weight, term.fuzzy or term.field == "ref" or " " in term.text


def _special(term: Term) -> Query:
    """Return a reference or fuzzy term (constant score whatever its frequency) or a phrase of a field."""
    field = _inside(term.field)
    if term.field == "ref":
        return Q("constant_score", filter=Q("term", **{field: term.text}), boost=term.weight)
    if " " in term.text:
        phrase = {"query": term.text, "slop": term.slop, "boost": term.weight}
        return Q("match_phrase", **{field: phrase})
    return _nearly(field, term.text, term.weight)


def _nearly(field: str, word: str, weight: float = 1.0) -> Query:
    """Return the query for a word and the words one edit away."""
    near = {"value": word, "fuzziness": 1, "rewrite": "constant_score", "boost": weight}
    return Q("fuzzy", **{field: near})


def _inside(field: str) -> str:
    return f"{PASSAGES}.{field}"
