"""Translate a plan to tantivy queries."""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import FieldType, Occur, Order, Query, Searcher

from search.engines.base import EngineHit
from search.engines.embedded.fields import SCHEMA, TERM_OPTIONS
from search.query.date_range import DATE_FIELD
from search.query.plan import Filters, QueryPlan, Term

FEW_PASSAGES = 5_000  # in the whole index: every gram is read in time
MAX_PASSAGES = 0.2  # of all in a larger one


def match_query(plan: QueryPlan) -> Query:
    """Return what a document must match, without the filters and without what only reorders."""
    clauses = [(Occur.Must, phrase_query(words)) for words in plan.phrases]
    if plan.terms:
        clauses.append((Occur.Must, any_term(plan.terms)))
    if clauses:
        return Query.boolean_query(clauses)
    return Query.all_query() if plan.everything else Query.empty_query()


def any_term(terms: Iterable[Term]) -> Query:
    return any_of(map(term_query, terms))


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def term_query(term: Term) -> Query:
    """Return one weighted term. A reference has a constant score; a fuzzy term accepts one edit."""
    if term.field == "ref":
        return Query.const_score_query(Query.term_query(SCHEMA, "ref", term.text), term.weight)
    if " " in term.text:
        phrase = Query.phrase_query(SCHEMA, term.field, list(term.text.split()), term.slop)
        return Query.boost_query(phrase, term.weight)
    if term.fuzzy:
        return Query.boost_query(Query.fuzzy_term_query(SCHEMA, term.field, term.text, 1), term.weight)
    return Query.boost_query(
        Query.term_query(SCHEMA, term.field, term.text, TERM_OPTIONS[term.field]), term.weight
    )


def phrase_query(words: tuple[str, ...]) -> Query:
    """Return the query for adjacent words."""
    if len(words) == 1:
        return Query.term_query(SCHEMA, "exact", words[0])
    return Query.phrase_query(SCHEMA, "exact", list(words))


def filtered(match: Query, filters: Filters) -> Query:
    """Add the filters to a query without changing its scores."""
    return Query.boolean_query([(Occur.Must, match), *_conditions(filters)]) if filters else match


def _conditions(filters: Filters) -> list[tuple[Occur, Query]]:
    return [(Occur.Must, Query.const_score_query(_condition(name, values), 0.0)) for name, values in filters]


def _condition(name: str, values: tuple[str, ...]) -> Query:
    """Return the query for the values of one filter.

    A set of terms visits every document that has one of them, which for a language are all; a single term
    only those that the rest of the query finds.
    """
    if name == DATE_FIELD:
        first, last = map(int, values)
        return Query.range_query(SCHEMA, name, FieldType.Unsigned, first, last)
    if len(values) == 1:
        return Query.term_query(SCHEMA, name, values[0], "basic")
    return Query.term_set_query(SCHEMA, name, list(values))


def read_hits(searcher: Searcher, plan: QueryPlan) -> tuple[EngineHit, ...]:
    """Return one window of the matching passages in the order of the plan."""
    reordering = [] if plan.by_date else _reordering(searcher, plan)
    clauses = [(Occur.Must, match_query(plan)), *_conditions(plan.filters), *reordering]
    query = Query.boolean_query(clauses)
    if plan.by_date:
        found = searcher.search(
            query, plan.limit, False, order_by_field="date", offset=plan.offset, order=Order.Desc
        )
    else:
        found = searcher.search(query, plan.limit, False, offset=plan.offset)
    addresses = [address for _, address in found.hits]
    numbers = zip(
        *(searcher.fast_field_values(name, addresses) for name in ("group", "part", "date", "family")),
        strict=True,
    )
    return tuple(
        EngineHit(
            int(group), int(part), int(date), 0.0 if plan.by_date else score, (searcher, address), int(family)
        )
        for (score, address), (group, part, date, family) in zip(found.hits, numbers, strict=True)
    )


def _value_query(term: Term) -> Query:
    """Return the documents with a filter value; with any, if the text is empty."""
    if not term.text:
        return Query.exists_query(term.field)
    return Query.term_query(SCHEMA, term.field, term.text)


def _is_rare(searcher: Searcher, term: Term) -> bool:
    """Check that few passages of a large index have a term.

    The others take a third of the time of a question and hardly change a score: on squad-es, without them,
    nDCG@10 and recall@100 were the same.
    """
    if searcher.num_docs <= FEW_PASSAGES:
        return True
    return searcher.doc_freq(term.field, term.text) <= MAX_PASSAGES * searcher.num_docs


def _reordering(searcher: Searcher, plan: QueryPlan) -> list[tuple[Occur, Query]]:
    """Return optional clauses that raise or lower documents which match anyway.

    The constant of the documents *without* a value would visit every document; as a negative one of those
    with it, it gives the same order.
    """
    clauses = [(Occur.Should, term_query(term)) for term in plan.rerank if _is_rare(searcher, term)]
    clauses += [(Occur.Should, Query.const_score_query(any_term(word), word[0].weight)) for word in plan.held]
    constants = [(term, term.weight) for term in plan.preferred]
    constants += [(term, -term.weight) for term in plan.demoted]
    clauses += [
        (Occur.Should, Query.const_score_query(_value_query(term), weight)) for term, weight in constants
    ]
    if plan.named:
        every = Query.boolean_query([(Occur.Must, term_query(term)) for term in plan.named])
        clauses.append((Occur.Should, every))
    return clauses
