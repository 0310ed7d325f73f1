"""The query plan: weighted terms, filters and facets as data, which an engine executes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .date_range import DATE_FIELD
from .glossary import Expansion
from .request import SearchRequest

#: Accepted values by field. Those of ``date`` are the first and the last day, as ordinals.
Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word in one field, with its weight; `fuzzy` also accepts one edit.

    Several words are a phrase of that field with up to `slop` words missing or in between. In
    `QueryPlan.preferred` and `demoted`, the field is a filter; an empty text is any of its values.
    """

    field: str
    text: str
    weight: float = 1.0
    fuzzy: bool = False
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Minimum:
    """How many of the words of a query a page must contain, in any of its passages.

    Each word has alternatives; of an alternative of several words (a phrase), the page must contain all.
    """

    count: int
    words: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What to match, how to score it and what to count.

    A document matches when it has one of `terms`, every one of `phrases`, and one value of each of `filters`,
    and its page contains the `minimum`; without terms or phrases, all (`everything`) or nothing matches.
    Only for scoring: each of `rerank`, each of `held` of which a document has one of the alternatives (a
    constant, the weight of the first), `named` when a document has all of them, each of `preferred`, a
    constant for the pages with that filter value, and each of `demoted`, a constant for those without.
    `facets` are counted in groups, each without its own filter; `count` asks for the total.
    """

    terms: tuple[Term, ...] = ()
    rerank: tuple[Term, ...] = ()
    held: tuple[tuple[Term, ...], ...] = ()
    named: tuple[Term, ...] = ()
    preferred: tuple[Term, ...] = ()
    demoted: tuple[Term, ...] = ()
    minimum: Minimum | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    filters: Filters = ()
    facets: tuple[str, ...] = ()
    by_date: bool = False
    limit: int = 50
    offset: int = 0
    count: bool = True
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and how the text of the query was understood.

    `tokens`: every word of the text; `unknown`: those that no document has, searched one edit away;
    `is_loosened`: too few pages contain the minimum of words, so any of the words matches.
    """

    plan: QueryPlan
    tokens: tuple[str, ...]
    stems: frozenset[str]
    unknown: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    is_loosened: bool = False


def replace_filters(plan: QueryPlan, request: SearchRequest) -> QueryPlan:
    """Return a plan for the same words with the filters of ``request``, counting no facets."""
    return replace(plan, filters=build_filters(request), facets=())


def build_filters(request: SearchRequest) -> Filters:
    """Return the filters of a request, its language and its days among them."""
    filters: Mapping[str, tuple[str, ...]] = request.filters
    own = (("locale", (request.locale,)),) if request.locale and "locale" not in filters else ()
    days = ((DATE_FIELD, tuple(map(str, request.days.ordinals))),) if request.days else ()
    return own + days + tuple(sorted(filters.items()))
