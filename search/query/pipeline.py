"""The search pipeline: plan, engine, grouping, snippets. Every search goes through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from search.engines.base import EngineAnswer, EngineHit, SearchEngine

from .analysis import analyse
from .corrections import Visible, suggest_by_grams, suggest_phrase, suggest_spelling
from .counts import search_with_counts
from .facets import FACETS
from .glossary import Expansion, Glossary
from .plan import Planned, QueryPlan
from .planning import make_plan
from .profile import LEGAL_ES, Profile
from .request import SearchRequest
from .reranking import Reranker, rerank
from .results import Hit, SearchResults, best_passages
from .snippets import HighlightTerms, find_matches, highlight, snippet

COUNTED = tuple(facet.field for facet in FACETS)
MARK = "<mark>"
MAX_EXPANSIONS = 3  # shown
ENOUGH_PAGES = 4  # that hold the minimum of words
MAX_PAGES = 1 / 3  # of the portal, that a query may find without a minimum of words


def run(
    request: SearchRequest,
    engine: SearchEngine,
    glossary: Glossary,
    visible: Visible | None = None,
    facets: tuple[str, ...] = COUNTED,
    profile: Profile = LEGAL_ES,
    is_large: bool = False,
    reranker: Reranker | None = None,
) -> SearchResults:
    """Execute a request. `visible` returns, of the pages to be shown, those that are public now.

    In a large index, a query of three words must match its minimum of words at once.
    """
    needed = min(request.page, request.deepest_page) * request.per_page
    planned = make_plan(request, glossary, engine.known, facets, profile)
    has_no_filters = not (request.filters or request.days)
    planned, answer, groups = _search(engine, planned, needed, profile, has_no_filters, is_large)
    if reranker is not None and request.text and not planned.plan.by_date:
        groups = rerank(reranker, request.text, groups, engine)
    page = max(1, min(needed, len(groups) + request.per_page - 1) // request.per_page)
    shown = groups[(page - 1) * request.per_page : page * request.per_page]
    if visible is not None:
        public = visible([hit.group for hit in shown])
        shown = [hit for hit in shown if hit.group in public]
    stored = engine.stored(shown)
    wanted = _highlight_terms(planned)
    hits = tuple(_hit(found, fields, wanted, profile) for found, fields in zip(shown, stored, strict=True))
    return SearchResults(
        request=replace(request, page=page),
        hits=hits,
        planned=planned,
        total=answer.total,
        facets=answer.facets,
        expansions=_shown_expansions(planned.expansions, stored),
        suggestion=suggest_spelling(request.text, planned.unknown, stored)
        or suggest_phrase(request.text, planned.unknown, glossary)
        or suggest_by_grams(request.text, planned.unknown, planned.plan.filters, engine, visible),
        is_loosened=planned.is_loosened,
        from_fallback=answer.from_fallback,
    )


def _search(
    engine: SearchEngine,
    planned: Planned,
    needed: int,
    profile: Profile,
    has_no_filters: bool,
    is_large: bool = False,
) -> tuple[Planned, EngineAnswer, list[EngineHit]]:
    """Execute a plan. A query that finds a large part of the portal must match its minimum of words.

    Not if fewer than `ENOUGH_PAGES` match it; narrower queries need no minimum, which would cost recall.
    A quoted phrase that no page contains is searched by its words.
    In a large index any word finds too much: to match and count it would be the slowest part of the query.
    """
    wide = replace(planned, plan=replace(planned.plan, minimum=None))
    if planned.plan.minimum and (is_large or _finds_much(engine, wide.plan)):
        answer, groups = best_passages(engine, planned.plan, needed, profile)
        if answer.total >= ENOUGH_PAGES:
            return planned, answer, groups
        wide = replace(wide, is_loosened=True)
    answer, groups = best_passages(engine, wide.plan, needed, profile)
    if not answer.total and wide.plan.phrases and has_no_filters:
        words = replace(wide, plan=replace(wide.plan, phrases=()))
        return words, *best_passages(engine, words.plan, needed, profile)
    return wide, answer, groups


def _finds_much(engine: SearchEngine, plan: QueryPlan) -> bool:
    """Check whether a plan finds a large part of the pages that pass its filters."""
    found = search_with_counts(engine, replace(plan, facets=(), by_date=True, limit=0)).total
    everything = QueryPlan(filters=plan.filters, everything=True, by_date=True, limit=0)
    return found > MAX_PAGES * search_with_counts(engine, everything).total


def _shown_expansions(
    expansions: Sequence[Expansion], stored: Sequence[Mapping[str, str]]
) -> tuple[Expansion, ...]:
    """Return the first legal terms that the results shown contain."""
    if not expansions:
        return ()
    held = [frozenset(analyse(f"{fields.get('title', '')}\n{fields.get('src', '')}")) for fields in stored]
    matching = (added for added in expansions if any(held_by.issuperset(added.stems) for held_by in held))
    return tuple(islice(matching, MAX_EXPANSIONS))


def rank_groups(
    request: SearchRequest, engine: SearchEngine, glossary: Glossary, depth: int, profile: Profile = LEGAL_ES
) -> list[int]:
    """Return the first groups in order, without reading their fields: for measuring."""
    planned = make_plan(request, glossary, engine.known, (), profile)
    _planned, _answer, groups = _search(
        engine, planned, depth, profile, not (request.filters or request.days)
    )
    return [hit.group for hit in groups[:depth]]


def _highlight_terms(planned: Planned) -> HighlightTerms:
    return HighlightTerms(stems=planned.stems, phrases=planned.plan.phrases, nearly=planned.unknown)


def _hit(found: EngineHit, fields: Mapping[str, str], wanted: HighlightTerms, profile: Profile) -> Hit:
    title = fields.get("title", "")
    shown = snippet(fields.get("src", ""), wanted, profile.snippet_chars)
    if MARK not in shown and find_matches(said := fields.get("said", ""), wanted):
        shown = snippet(said, wanted, profile.snippet_chars)
    return Hit(
        group=found.group,
        kind=fields.get("kind", ""),
        title=title,
        title_html=highlight(title, wanted),
        snippet=shown,
        url=fields.get("url", ""),
        code=fields.get("code", ""),
        trail=fields.get("trail", ""),
        outcome=fields.get("outcome", ""),
        score=round(found.score, profile.score_digits),
        date=found.date,
    )
