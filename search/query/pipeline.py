"""The search pipeline: plan, engine, grouping, snippets. Every search goes through it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from search.engines.base import EngineHit, SearchEngine

from .analysis import STOP_WORDS
from .analysis import words as words_of
from .facets import FACETS
from .glossary import Glossary
from .plan import Planned, make_plan
from .profile import LEGAL_ES, Profile
from .request import SearchRequest
from .results import Hit, SearchResults, best_passages
from .snippets import HighlightTerms, highlight, snippet, within_one_edit

COUNTED = tuple(facet.field for facet in FACETS)

Visible = Callable[[Collection[int]], frozenset[int]]


def run(
    request: SearchRequest,
    engine: SearchEngine,
    glossary: Glossary,
    visible: Visible | None = None,
    facets: tuple[str, ...] = COUNTED,
    profile: Profile = LEGAL_ES,
) -> SearchResults:
    """Execute a request. `visible` returns, of the pages to be shown, those that are public now."""
    planned = make_plan(request, glossary, engine.known, facets, profile)
    needed = min(request.page, request.deepest_page) * request.per_page
    answer, groups = best_passages(engine, planned.plan, needed, profile)
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
        expansions=planned.expansions,
        suggestion=_suggestion(request.text, planned.unknown, stored),
        from_fallback=answer.from_fallback,
    )


def rank_groups(
    request: SearchRequest, engine: SearchEngine, glossary: Glossary, depth: int, profile: Profile = LEGAL_ES
) -> list[int]:
    """Return the first groups in order, without reading their fields: for measuring."""
    planned = make_plan(request, glossary, engine.known, (), profile)
    _answer, groups = best_passages(engine, planned.plan, depth, profile)
    return [hit.group for hit in groups[:depth]]


def _highlight_terms(planned: Planned) -> HighlightTerms:
    quoted = frozenset(token for phrase in planned.plan.phrases for token in phrase)
    meant = quoted - STOP_WORDS or quoted
    return HighlightTerms(stems=planned.stems, exact=meant, nearly=planned.unknown)


def _hit(found: EngineHit, fields: Mapping[str, str], wanted: HighlightTerms, profile: Profile) -> Hit:
    title = fields.get("title", "")
    return Hit(
        group=found.group,
        kind=fields.get("kind", ""),
        title=title,
        title_html=highlight(title, wanted),
        snippet=snippet(fields.get("src", ""), wanted, profile.snippet_chars),
        url=fields.get("url", ""),
        code=fields.get("code", ""),
        trail=fields.get("trail", ""),
        outcome=fields.get("outcome", ""),
        score=round(found.score, profile.score_digits),
        date=found.date,
    )


def _suggestion(text: str, unknown: Sequence[str], stored: Sequence[Mapping[str, str]]) -> str:
    """Return the query with each unknown word as the found documents spell it; empty without a correction."""
    better = text
    for word in unknown:
        written = _written_like(word, stored)
        if written:
            better = _replaced(better, word, written)
    return better if better != text else ""


def _written_like(word: str, stored: Sequence[Mapping[str, str]]) -> str:
    for fields in stored:
        for source in (fields.get("title", ""), fields.get("src", "")):
            for candidate in words_of(source):
                if candidate.stem and candidate.folded != word and within_one_edit(candidate.folded, word):
                    return source[candidate.start : candidate.end].lower()
    return ""


def _replaced(text: str, word: str, written: str) -> str:
    for candidate in words_of(text):
        if candidate.folded == word:
            return text[: candidate.start] + written + text[candidate.end :]
    return text
