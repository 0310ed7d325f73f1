"""The query plan: weighted terms, filters and facets as data, which an engine executes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .analysis import STOP_WORDS, exact_tokens, stem, word_grams
from .glossary import Expansion, Glossary
from .profile import LEGAL_ES, Profile
from .references import reference_phrases, references, target_references
from .request import SearchRequest, Sort

Filters = tuple[tuple[str, tuple[str, ...]], ...]
Known = Callable[[Collection[str]], frozenset[str]]


ASKING = frozenset({"cuanto", "cuanta", "cuantos", "cuantas"})
MEANINGFUL_LENGTH = 3  # the «3» and the «1» of «3.1» mean nothing apart


@dataclass(frozen=True, slots=True)
class Term:
    """One word in one field, with its weight; `fuzzy` also accepts one edit.

    Several words are a phrase of that field with up to `slop` words missing or in between.
    """

    field: str
    text: str
    weight: float = 1.0
    fuzzy: bool = False
    slop: int = 0


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What to match, how to score it and what to count.

    A document matches when it has one of `terms`, every one of `phrases`, and one value of each of `filters`;
    without terms or phrases, everything (`everything`) or nothing matches. Only for scoring: each of
    `rerank`, and `named` when a document has all of them. `facets` are counted in groups, each without its
    own filter; `count` asks for the total.
    """

    terms: tuple[Term, ...] = ()
    rerank: tuple[Term, ...] = ()
    named: tuple[Term, ...] = ()
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

    `tokens`: every word of the text; `unknown`: those that no document has, searched one edit away.
    """

    plan: QueryPlan
    tokens: tuple[str, ...]
    stems: frozenset[str]
    unknown: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def make_plan(
    request: SearchRequest,
    glossary: Glossary,
    known: Known,
    facets: tuple[str, ...] = (),
    profile: Profile = LEGAL_ES,
) -> Planned:
    """Plan a request. `known` returns the stems that the index holds: only the others become fuzzy."""
    tokens = exact_tokens(request.text)
    coded = reference_phrases(request.text)
    shorts = {token for phrase in coded for token in phrase if len(token) < MEANINGFUL_LENGTH}
    content = _content([token for token in tokens if token not in STOP_WORDS and token not in shorts])
    stems = tuple(dict.fromkeys(stem(token) for token in content))
    expansions = glossary.expand(tokens) if request.expand else ()
    present = known(stems)
    unknown = tuple(s for s in stems if s not in present)
    phrases = tuple(filter(None, (tuple(exact_tokens(phrase)) for phrase in request.phrases)))
    terms = [*_terms(stems, frozenset(unknown), profile), *_legal_terms(expansions, stems, unknown, profile)]
    if tokens and not stems and not coded:  # «sobre la que»: stop words, which only `exact` keeps
        terms = [Term("exact", token) for token in dict.fromkeys(tokens)]
    terms += [Term("exact", " ".join(phrase)) for phrase in coded]
    exact = references(request.text)
    terms += [Term("ref", key, profile.reference) for key in exact]
    terms += [Term("ref", key, profile.target) for key in target_references(request.text) if key not in exact]
    plan = QueryPlan(
        terms=tuple(terms),
        rerank=tuple(Term("ng", gram, profile.grams) for gram in _grams(content)),
        named=tuple(Term("name", word, profile.title) for word in stems),
        phrases=phrases,
        filters=_filters(request),
        facets=facets,
        by_date=request.sort is Sort.DATE or not terms,
        limit=profile.window,
        everything=not request.text.strip(),
    )
    shown = frozenset(stems).union(*(expansion.stems for expansion in expansions))
    near = tuple(s for s in unknown if len(s) >= profile.fuzzy_min_length)
    return Planned(plan, tuple(tokens), shown, _original_spelling(near, content), expansions)


def replace_filters(plan: QueryPlan, request: SearchRequest) -> QueryPlan:
    """Return a plan for the same words with the filters of ``request``, counting no facets."""
    return replace(plan, filters=_filters(request), facets=())


def _content(tokens: list[str]) -> list[str]:
    """Return the words to search. «Cuánto» only asks: rare in documents, it would outweigh the others."""
    return [token for token in tokens if token not in ASKING] or tokens


def _terms(stems: tuple[str, ...], unknown: frozenset[str], profile: Profile) -> Iterator[Term]:
    for field, weight in (("text", profile.text), ("plain", profile.plain)):
        for word in stems:
            if word not in unknown:
                yield Term(field, word, weight)
            elif len(word) >= profile.fuzzy_min_length:
                yield Term(field, word, weight * profile.fuzzy, fuzzy=True)


def _legal_terms(
    expansions: Iterable[Expansion], stems: Collection[str], unknown: Collection[str], profile: Profile
) -> Iterator[Term]:
    """Yield the terms of the glossary, weighted more for unknown words and when they cover the whole query.

    Several words match only as a phrase, and only in `text`: `plain` has no positions.
    """
    seen: set[tuple[str, ...]] = set()
    for added in expansions:
        if added.stems in seen:
            continue
        seen.add(added.stems)
        weight = profile.glossary
        if not set(unknown).isdisjoint(added.lay):
            weight = profile.glossary_unknown
        if set(stems) <= set(added.lay):
            weight = profile.glossary_whole
        if len(added.stems) > 1:
            yield Term("text", " ".join(added.stems), profile.text * weight, slop=profile.slop)
        elif added.stems[0] not in stems:
            yield Term("text", added.stems[0], profile.text * weight)
            yield Term("plain", added.stems[0], profile.plain * weight)


def _grams(content: list[str]) -> list[str]:
    return list(dict.fromkeys(gram for token in content for gram in word_grams(token)))


def _filters(request: SearchRequest) -> Filters:
    filters: Mapping[str, tuple[str, ...]] = request.filters
    own = (("locale", (request.locale,)),) if request.locale and "locale" not in filters else ()
    return own + tuple(sorted(filters.items()))


def _original_spelling(unknown: tuple[str, ...], content: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for token in content if stem(token) in unknown))
