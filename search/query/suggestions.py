"""Suggestions while the visitor types: words of public documents, and matching pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from search.engines.base import EngineHit, SearchEngine
from search.indexing.institutions import Record, filter_public_groups
from search.indexing.words import find_words

from .analysis import exact_tokens, stem
from .analysis import words as words_of
from .plan import QueryPlan, Term
from .request import SearchRequest, quoted, tidy_text
from .results import Hit
from .service import run_search

WORDS = 4
PAGES = 4
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggested queries and pages, in one language."""

    language: str
    questions: tuple[str, ...] = ()
    hits: tuple[tuple[Hit, Record], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions or self.hits)


def build_suggestions(query: str, locale: str, engine: SearchEngine) -> Suggestions:
    """Build suggestions for the typed text. Raise `EngineError` if the index cannot answer.

    Few pages are translated: without suggestions in the language, those of the source language are returned.
    """
    text, _cut = tidy_text(query)
    tokens = exact_tokens(text)
    if not tokens or len(tokens[-1]) < SHORTEST:
        return Suggestions(locale)
    found = _suggestions_in(text, tokens, locale, engine)
    if not found and locale != settings.LANGUAGE_CODE:
        return _suggestions_in(text, tokens, settings.LANGUAGE_CODE, engine)
    return found


def _suggestions_in(text: str, tokens: Sequence[str], locale: str, engine: SearchEngine) -> Suggestions:
    start, _last, prefix = text.rpartition(" ")
    completed = _completions(" ".join(exact_tokens(prefix)), locale, engine)
    questions = tuple(f"{start} {word}".strip() for word in completed)
    # No page has an unfinished word: search its most likely completion.
    whole = text if engine.known([stem(tokens[-1])]) else next(iter(questions), text)
    request = SearchRequest(text=whole, locale=locale, per_page=PAGES, phrases=quoted(whole))
    results, pages = run_search(request, engine)
    hits = tuple((hit, pages[hit.group]) for hit in results.hits if hit.group in pages)
    return Suggestions(locale, questions, hits)


def _completions(prefix: str, locale: str, engine: SearchEngine) -> list[str]:
    """Return words with this prefix as the public documents spell them."""
    if not prefix:
        return []
    return list(find_public_words(find_words(prefix, locale, WORDS), locale, engine).values())


def find_public_words(words: Sequence[str], locale: str, engine: SearchEngine) -> dict[str, str]:
    """Return those of the folded words that a public page has now, each as that page spells it.

    Until the outbox is drained, a page that is no longer public is still counted.
    """
    examples: dict[str, EngineHit] = {}
    for word in words:
        hits = engine.search(_word_plan(word, locale)).hits
        if hits:
            examples[word] = hits[0]
    public = filter_public_groups([hit.group for hit in examples.values()])
    shown = {word: hit for word, hit in examples.items() if hit.group in public}
    stored = engine.stored(shown.values())
    return {word: _written(word, fields) for word, fields in zip(shown, stored, strict=True)}


def _word_plan(word: str, locale: str) -> QueryPlan:
    return QueryPlan(terms=(Term("exact", word),), filters=(("locale", (locale,)),), limit=1, count=False)


def _written(word: str, fields: Mapping[str, str]) -> str:
    """Return the word with its accents, if the passage shows them."""
    for source in (fields.get("src", ""), fields.get("title", "")):
        for candidate in words_of(source):
            if candidate.folded == word:
                return source[candidate.start : candidate.end].lower()
    return word
