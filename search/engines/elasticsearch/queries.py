"""A plan as Elasticsearch's queries: weighted terms, phrases and filters, nothing decided here."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from itertools import groupby

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.engines.base import FACET_VALUES
from search.engines.elasticsearch.fields import PASSAGES, PAYLOAD, WORD
from search.plan import Filters, QueryPlan, Term

# Lucene leaves the constant (k1 + 1) out of BM25. With it, words weigh the same beside what scores a constant
# (references, words of one edit) as in every other engine.
BM25_SCALE = 2.2
COUNTED = "counted"
WORDS = "words"


def match_query(plan: QueryPlan) -> Query:
    """What a passage must have, and what raises it; None of the filters."""
    needed = [phrase_query(words) for words in plan.phrases]
    if plan.terms:
        needed.append(Q("bool", should=list(term_queries(plan.terms))))
    if not needed:
        return Q("match_all") if plan.everything else Q("match_none")
    if plan.by_date:
        return Q("bool", filter=needed)
    return Q("bool", must=needed, should=_reordering(plan))


def page_query(plan: QueryPlan, passage: Query) -> Query:
    """The pages of the passages that match, each with the score of its best one."""
    mode = "none" if plan.by_date else "max"
    match = Q("nested", path=PASSAGES, query=passage, score_mode=mode)
    return Q("bool", must=[match], filter=conditions(plan.filters, leave=plan.facets))


def search_of(plan: QueryPlan, passage: Query) -> Search:
    """One window of pages in the plan's order, with exact counts when it asks for them.

    A facet's own filter does not narrow its counts: filters of counted fields come after the counting.
    """
    search = Search().query(page_query(plan, passage))
    later = tuple(pair for pair in plan.filters if pair[0] in plan.facets)
    if later:
        search = search.post_filter(Q("bool", filter=conditions(later)))
    for name in plan.facets:
        others = tuple(pair for pair in later if pair[0] != name)
        counted = A("filter", filter=Q("bool", filter=conditions(others)))
        counted.bucket(COUNTED, "terms", field=name, size=FACET_VALUES)
        search.aggs.bucket(name, counted)
    start = plan.offset
    search = search[start : start + max(1, plan.limit)]
    return search.extra(
        stored_fields="_none_",  # a window is fifty pages, of which ten are shown
        docvalue_fields=["group", "date"],
        sort=[{"date": "desc"}, {"group": "asc"}] if plan.by_date else ["_score"],
        track_total_hits=plan.count,
    )


def conditions(filters: Filters, leave: Collection[str] = ()) -> list[Query]:
    """One value of each filter, at no cost to the scores; without those of the fields to leave."""
    return [Q("terms", **{name: list(values)}) for name, values in filters if name not in leave]


def term_queries(terms: Iterable[Term]) -> Iterable[Query]:
    """The terms, plain ones of one field and weight together: a shorter question of the same meaning."""
    for (field, weight, special), group in groupby(terms, key=_alike):
        if special:
            yield from (_special(term) for term in group)
        else:
            words = {"query": " ".join(term.text for term in group), "boost": weight * BM25_SCALE}
            yield Q("match", **{_inside(field): words})


def phrase_query(words: tuple[str, ...]) -> Query:
    """The words next to one another."""
    return Q("match_phrase", **{_inside("exact"): {"query": " ".join(words), "boost": BM25_SCALE}})


def passages_query(passage: Query, groups: Iterable[int], by_date: bool) -> Search:
    """The best matching passage of each page named."""
    order = [{_inside("part"): "asc"}]
    best = {
        "size": 1,
        "_source": False,
        "stored_fields": [_inside(PAYLOAD)],
        "sort": order if by_date else [{"_score": "desc"}, *order],
    }
    named = [str(group) for group in groups]
    match = Q("nested", path=PASSAGES, query=passage, score_mode="none", inner_hits=best)
    pages = Search().query(Q("bool", filter=[Q("ids", values=named), match]))
    return pages[: len(named)].source(False)


def known_query(stem: str) -> Search:
    """Whether any passage holds a stem: the first one is enough."""
    holds = [Q("term", **{_inside(field): stem}) for field in ("text", "plain")]
    search = Search().query("nested", path=PASSAGES, query=Q("bool", should=holds), score_mode="none")
    return search[:0].extra(terminate_after=1, track_total_hits=1)


def suggest_query(prefix: str, filters: Filters, limit: int) -> Search:
    """How many passages hold each word that starts with the prefix; of living pages only."""
    begins = Q("prefix", **{_inside("exact"): prefix})
    match = Q("nested", path=PASSAGES, query=begins, score_mode="none")
    search = Search().query(Q("bool", filter=[match, *conditions(filters)]))[:0]
    search.aggs.bucket(PASSAGES, A("nested", path=PASSAGES)).bucket(
        COUNTED, A("filter", filter=begins)
    ).bucket(WORDS, "terms", field=_inside(WORD), include=f"{prefix}.*", size=limit)
    return search.extra(track_total_hits=False)


def preference(plan: QueryPlan) -> str:
    """The same question always goes to the same copy, so that its windows fit together."""
    return format(zlib.crc32(repr((plan.terms, plan.phrases, plan.filters)).encode()), "08x")


def _alike(term: Term) -> tuple[str, float, bool]:
    return term.field, term.weight, term.fuzzy or term.field == "ref" or " " in term.text


def _special(term: Term) -> Query:
    """A reference scores the same whatever its rarity; a fuzzy term takes one edit, and does too."""
    field = _inside(term.field)
    if term.field == "ref":
        return Q("constant_score", filter=Q("term", **{field: term.text}), boost=term.weight)
    if " " in term.text:
        together = {"query": term.text, "slop": term.slop, "boost": term.weight * BM25_SCALE}
        return Q("match_phrase", **{field: together})
    near = {"value": term.text, "fuzziness": 1, "rewrite": "constant_score", "boost": term.weight}
    return Q("fuzzy", **{field: near})


def _reordering(plan: QueryPlan) -> list[Query]:
    """What raises a passage that matches already: never needed, so it adds none."""
    clauses = list(term_queries(plan.rerank))
    if plan.named:
        clauses.append(Q("bool", must=[query for term in plan.named for query in term_queries((term,))]))
    return clauses


def _inside(field: str) -> str:
    return f"{PASSAGES}.{field}"
