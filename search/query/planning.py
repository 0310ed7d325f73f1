"""Plan a request: from its text to weighted terms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from pages.core.search import SearchKind
from pages.plans.enums import PlanStatus

from .analysis import MEANINGFUL, STOP_WORDS, exact_tokens, stem, word_grams
from .glossary import Expansion, Glossary
from .institution_names import reference_of_institution
from .kinds import NO_FIGURE, KindReading, is_about_rulings, kind_mark, read_kinds
from .plan import Minimum, Planned, QueryPlan, Term, build_filters
from .profile import LEGAL_ES, Profile
from .references import plan_references, reference_phrases, references, target_references
from .request import SearchRequest, Sort

Known = Callable[[Collection[str]], frozenset[str]]

ASKING = frozenset({"cuanto", "cuanta", "cuantos", "cuantas"})
MEANINGFUL_LENGTH = 3  # the «3» and the «1» of «3.1» mean nothing apart
#: Kinds that repeat the words of commitments, or are alike for all municipalities.
SECONDARY_KINDS = (SearchKind.ROADMAP, SearchKind.TABLE)
MUNICIPAL_KINDS = (SearchKind.MUNICIPALITY, SearchKind.ROADMAP)
MANY_WORDS, ENOUGH_WORDS = 3, 2
DECIDE_NOTHING = frozenset(map(stem, MEANINGFUL))  # alone


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a query: all, the searched ones, their stems, the unknown stems, and the named kinds."""

    tokens: tuple[str, ...]
    content: tuple[str, ...]
    stems: tuple[str, ...]
    unknown: frozenset[str]
    kinds: KindReading

    @property
    def weak(self) -> frozenset[str]:
        """Return the stems that only name a kind."""
        return frozenset(stem(word) for word in self.kinds.words)

    @property
    def strong(self) -> tuple[str, ...]:
        """Return the searched words that do not only name a kind; all, if there is no other."""
        return tuple(word for word in self.content if word not in self.kinds.words) or self.content


def make_plan(
    request: SearchRequest,
    glossary: Glossary,
    known: Known,
    facets: tuple[str, ...] = (),
    profile: Profile = LEGAL_ES,
) -> Planned:
    """Plan a request. `known` returns the stems that the index holds: only the others become fuzzy."""
    coded = reference_phrases(request.text)
    words = _read_words(request.text, coded, known)
    expansions = glossary.expand(words.tokens) if request.expand else ()
    phrases = tuple(filter(None, (tuple(exact_tokens(phrase)) for phrase in request.phrases)))
    own = [*_terms(words, profile), *_legal_terms(expansions, words, profile)]
    if words.tokens and not words.stems and not coded:  # «sobre la que»: stop words, which only `exact` keeps
        own = [Term("exact", token) for token in dict.fromkeys(words.tokens)]
    own += [Term("ref", key, profile.plan) for key in plan_references(request.text)]
    terms = [
        *own,
        *_references(request.text, coded, profile),
        *_institutions(words, request, glossary, profile),
    ]
    strong = tuple(dict.fromkeys(map(stem, words.strong)))
    plan = QueryPlan(
        terms=tuple(terms),
        rerank=(*_grams(words.strong, profile), *_title_words(words.stems, words.unknown, profile)),
        held=_held(strong, words.unknown, expansions, profile),
        named=tuple(Term("name", word, profile.title) for word in words.stems),
        preferred=_preferred(words.kinds, profile),
        demoted=_demoted(words, glossary, profile),
        minimum=None if phrases or len(terms) > len(own) else _minimum(strong, own, expansions),
        phrases=phrases,
        filters=build_filters(request),
        facets=facets,
        by_date=request.sort is Sort.DATE or not terms,
        limit=profile.window,
        everything=not request.text.strip(),
    )
    shown = frozenset(words.stems).union(*(expansion.stems for expansion in expansions))
    near = frozenset(s for s in words.unknown if len(s) >= profile.fuzzy_min_length)
    spelled = tuple(dict.fromkeys(token for token in words.content if stem(token) in near))
    return Planned(plan, words.tokens, shown, spelled, expansions)


def _read_words(text: str, coded: Sequence[Sequence[str]], known: Known) -> _Words:
    tokens = exact_tokens(text)
    shorts = {token for phrase in coded for token in phrase if len(token) < MEANINGFUL_LENGTH}
    content = _content([token for token in tokens if token not in STOP_WORDS and token not in shorts])
    stems = tuple(dict.fromkeys(stem(token) for token in content))
    read = read_kinds(tokens)
    present = known((*stems, *map(kind_mark, read.kinds)))
    if any(kind_mark(kind) not in present for kind in read.kinds):
        read = KindReading(paces=read.paces)  # «sentencias» is a matter while there is no ruling
    return _Words(tuple(tokens), tuple(content), stems, frozenset(stems) - present, read)


def _content(tokens: list[str]) -> list[str]:
    """Return the words to search, without «cuánto»: rare in documents, it would outweigh the others."""
    return [token for token in tokens if token not in ASKING] or tokens


def _terms(words: _Words, profile: Profile) -> Iterator[Term]:
    has_others = words.strong != words.content
    for field, weight in (("text", profile.text), ("plain", profile.plain)):
        for word in words.stems:
            if word not in words.unknown:
                is_weak = has_others and word in words.weak
                yield Term(field, word, weight * (profile.kind_word if is_weak else 1))
            elif len(word) >= profile.fuzzy_min_length:
                yield Term(field, word, weight * profile.fuzzy, fuzzy=True)
    if words.kinds.pins:
        yield from (Term("plain", kind_mark(kind), profile.plain) for kind in words.kinds.kinds)


def _legal_terms(expansions: Sequence[Expansion], words: _Words, profile: Profile) -> Iterator[Term]:
    """Yield the terms of the glossary, weighted more for unknown words and when they cover the whole query.

    Only in `text`: through the breadcrumb, a word of a plan's title would match every page below it.
    """
    unique = {expansion.stems: expansion for expansion in reversed(expansions)}
    for added in reversed(unique.values()):
        weight = profile.glossary
        if not words.unknown.isdisjoint(added.lay):
            weight = profile.glossary_unknown
        if set(words.stems) <= set(added.lay):
            weight = profile.glossary_whole
        if len(added.stems) > 1:
            yield Term("text", " ".join(added.stems), profile.text * weight, slop=profile.slop)
        elif added.stems[0] not in words.stems:
            yield Term("text", added.stems[0], profile.text * weight)


def _references(text: str, coded: Sequence[Sequence[str]], profile: Profile) -> Iterator[Term]:
    exact = references(text)
    yield from (Term("exact", " ".join(phrase)) for phrase in coded)
    yield from (Term("ref", key, profile.reference) for key in exact)
    yield from (Term("ref", key, profile.target) for key in target_references(text) if key not in exact)


def _institutions(
    words: _Words, request: SearchRequest, glossary: Glossary, profile: Profile
) -> Iterator[Term]:
    """Yield the institutions that the query names; one that is the whole query gets the highest weight."""
    is_wide = SearchKind.INSTITUTION.value in request.filters.get("kind", ())
    strong = [token for token in words.tokens if token not in words.kinds.words]
    for institution in glossary.institutions:
        is_named = institution.is_named_in(words.tokens) or institution.is_named_in(strong)
        if is_named or (is_wide and institution.shares_word_with(strong)):
            weight = profile.reference if institution.is_all_of(words.tokens) else profile.institution
            yield Term("ref", reference_of_institution(institution.pk), weight)


def _grams(words: Sequence[str], profile: Profile) -> Iterator[Term]:
    pieces = dict.fromkeys(gram for token in words for gram in word_grams(token))
    return (Term("ng", gram, profile.grams) for gram in pieces)


def _title_words(stems: Sequence[str], unknown: frozenset[str], profile: Profile) -> Iterator[Term]:
    return (Term("name", word, profile.title_word) for word in stems if word not in unknown)


def _preferred(read: KindReading, profile: Profile) -> tuple[Term, ...]:
    weight = profile.pinned_kind if read.pins else profile.kind
    behind = last = weight
    if read.paces and read.pins:
        # The commitments of a known pace, then the plan and the report, then the commitments without one.
        behind, last = weight / 2, weight / 4
    paces = (Term("pace", pace, last if pace in NO_FIGURE else weight) for pace in read.paces)
    return (*(Term("kind", kind.value, behind) for kind in read.kinds), *paces)


def _demoted(words: _Words, glossary: Glossary, profile: Profile) -> tuple[Term, ...]:
    """Return the filter values to rank lower, unless the query names them.

    Rulings, secondary kinds, proposals and the pages of single municipalities. Rulings tell everyday life in
    everyday words, and would come before the work on the same matter. Where the plan and its report are
    pinned, proposals are not: they measure no progress.
    """
    found = []
    if SearchKind.RULING not in words.kinds.kinds and not is_about_rulings(words.tokens):
        found.append(Term("kind", SearchKind.RULING.value, profile.not_ruling))
    if not set(SECONDARY_KINDS) & set(words.kinds.kinds):
        found += [Term("kind", kind.value, profile.not_secondary) for kind in SECONDARY_KINDS]
    if SearchKind.LINE not in words.kinds.kinds:
        weight = profile.pinned_kind if words.kinds.pins else profile.not_proposed
        found.append(Term("status", PlanStatus.PROPOSAL.value, weight))
    if not set(MUNICIPAL_KINDS) & set(words.kinds.kinds) and not glossary.names_municipality(words.tokens):
        found.append(Term("municipality", "", profile.not_municipal))
    return tuple(found)


def _minimum(stems: Sequence[str], terms: Sequence[Term], expansions: Sequence[Expansion]) -> Minimum | None:
    """Return the minimum of long queries: two of their words, or the legal terms for them."""
    if len(stems) < MANY_WORDS:
        return None
    legal = _legal_by_word(stems, expansions)
    words = (tuple(term for term in terms if term.text == word or term.text in legal[word]) for word in stems)
    # A word in the title counts twice.
    titles = ((Term("name", word),) for word in stems)
    searched = tuple(alternatives for alternatives in (*words, *titles) if alternatives)
    return Minimum(ENOUGH_WORDS, searched) if len(searched) >= ENOUGH_WORDS else None


def _held(
    stems: Sequence[str], unknown: frozenset[str], expansions: Sequence[Expansion], profile: Profile
) -> tuple[tuple[Term, ...], ...]:
    """Return the words of a query with their legal terms, to score passages by how many they contain.

    A rare word weighs as much as two frequent ones. «No» and «sin» decide nothing alone.
    """
    legal = _legal_by_word(stems, expansions)
    words = [
        tuple(Term("text", term, profile.held_word, slop=profile.slop) for term in (word, *legal[word]))
        for word in stems
        if legal[word] or (word not in unknown and word not in DECIDE_NOTHING)
    ]
    return tuple(words) if len(words) > 1 else ()


def _legal_by_word(stems: Sequence[str], expansions: Sequence[Expansion]) -> dict[str, list[str]]:
    return {word: [" ".join(added.stems) for added in expansions if word in added.lay] for word in stems}
