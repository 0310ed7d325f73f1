"""Other spellings of a query, offered as a question: of unknown words, joined words and words misspelt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from search.engines.base import SearchEngine

from .analysis import Word, word_grams
from .analysis import words as words_of
from .glossary import Glossary
from .plan import Filters, QueryPlan, Term
from .snippets import within_one_edit

Visible = Callable[[Collection[int]], frozenset[int]]

LONGEST_JOIN = 4  # words
SHORTEST_JOIN = 7  # letters
CANDIDATES = 10  # passages


def suggest_spelling(text: str, unknown: Sequence[str], stored: Sequence[Mapping[str, str]]) -> str:
    """Return the query with each unknown word as the found documents spell it; empty without a correction."""
    better = text
    for word in unknown:
        written = _written_like(word, stored)
        if written:
            better = replace_word(better, word, written)
    return better if better != text else ""


def suggest_phrase(text: str, unknown: Sequence[str], glossary: Glossary) -> str:
    """Return the query with an unknown word as the phrase of the glossary that it joins."""
    phrases = ((word, glossary.split_joined(word)) for word in unknown)
    return next((replace_word(text, word, phrase) for word, phrase in phrases if phrase), "")


def suggest_by_grams(
    text: str, unknown: Sequence[str], filters: Filters, engine: SearchEngine, visible: Visible | None
) -> str:
    """Return the query with an unknown word spelled as in the passages that share most of its 4-grams.

    «bolsadetrabajo» is «bolsa de trabajo». Only public passages are read; empty without a correction.
    """
    for word in unknown:
        terms = tuple(Term("ng", gram) for gram in dict.fromkeys(word_grams(word)))
        if not terms:
            continue
        hits = engine.search(QueryPlan(terms=terms, filters=filters, limit=CANDIDATES, count=False)).hits
        sources = [
            (hit, fields.get(name, ""))
            for hit, fields in zip(hits, engine.stored(hits), strict=True)
            for name in ("title", "src")
        ]
        found = [(hit, written) for hit, source in sources if (written := _written_apart(word, source))]
        public = frozenset(hit.group for hit, _written in found)
        if found and visible is not None:
            public = visible(public)
        for hit, written in found:
            if hit.group in public:
                return replace_word(text, word, written)
    return ""


def _written_apart(word: str, source: str) -> str:
    """Return words of the source that make this one when joined, or a word one edit away."""
    every = list(words_of(source))
    for at, first in enumerate(every):
        if first.folded != word and len(word) > 3 and within_one_edit(first.folded, word) and first.stem:
            return source[first.start : first.end].lower()
        if len(word) >= SHORTEST_JOIN and word.startswith(first.folded):
            for last in _joins(every, at, word):
                return source[first.start : last.end].lower()
    return ""


def _joins(every: Sequence[Word], at: int, word: str) -> Iterator[Word]:
    joined = every[at].folded
    for following in every[at + 1 : at + LONGEST_JOIN]:
        joined += following.folded
        if joined == word:
            yield following


def _written_like(word: str, stored: Sequence[Mapping[str, str]]) -> str:
    for fields in stored:
        for source in (fields.get("title", ""), fields.get("src", "")):
            for candidate in words_of(source):
                if candidate.stem and candidate.folded != word and within_one_edit(candidate.folded, word):
                    return source[candidate.start : candidate.end].lower()
    return ""


def replace_word(text: str, word: str, written: str) -> str:
    for candidate in words_of(text):
        if candidate.folded == word:
            return text[: candidate.start] + written + text[candidate.end :]
    return text
