"""Snippets: the part of a text that matched, escaped, with the matches in <mark>."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field
from html import escape
from itertools import chain, zip_longest

from django.utils.safestring import SafeString, mark_safe

from abierto.text import split_lines

from .analysis import Word, folded_and_stem, word_spans, words
from .profile import LEGAL_ES

LONG_WORD = 40  # characters
MAX_SOURCE = 20_000  # characters; passages are far shorter
APART = " · "  # between list items, cells and labels
_SENTENCE_MARKS = ".!?…:;"
_SENTENCE_BREAK = re.compile(rf"[.!?…]\s+|{APART}")


@dataclass(frozen=True, slots=True)
class HighlightTerms:
    """The terms to highlight: stems, folded words, and unknown words with up to one edit; or only phrases."""

    stems: frozenset[str]
    exact: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    nearly: tuple[str, ...] = ()
    near_words: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def choose(self, forms: Set[str]) -> set[str]:
        """Return those of the written words of a text that are to be highlighted."""
        chosen = {form for form in forms if folded_and_stem(form)[1] in self.stems}
        if self.exact or self.nearly:
            chosen.update(form for form in forms if self._is_near(form))
        return chosen

    def _is_near(self, written: str) -> bool:
        """Check for an exact or misspelt word of the query, cached by written form."""
        found = self.near_words.get(written)
        if found is None:
            folded, stem = folded_and_stem(written)
            is_misspelt = bool(stem) and any(within_one_edit(folded, near) for near in self.nearly)
            found = self.near_words[written] = folded in self.exact or is_misspelt
        return found


def highlight(text: str, wanted: HighlightTerms) -> SafeString:
    """Return the whole text, escaped and highlighted: for titles."""
    return _marked(text, find_matches(text, wanted), 0, len(text))


def find_matches(text: str, wanted: HighlightTerms) -> list[Word]:
    """Return the words to highlight; of a query with quotes only its phrases, each as one word."""
    if not wanted.phrases:
        return list(words(text, wanted.choose))
    every = list(words(text))
    found: list[Word] = []
    for at, first in enumerate(every):
        if found and first.start < found[-1].end:
            continue
        length = max((len(phrase) for phrase in wanted.phrases if _begins(every, at, phrase)), default=0)
        if length:
            end = every[at + length - 1].end
            found.append(Word(first.start, end, first.folded, text[first.start : end].lower()))
    return found


def _begins(every: Sequence[Word], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(word.folded for word in every[at : at + len(phrase)]) == phrase


def snippet(source: str, wanted: HighlightTerms, size: int = LEGAL_ES.snippet_chars) -> SafeString:
    """Return the window of the source with the most different matches, from the beginning of a sentence."""
    source = _one_line(source[:MAX_SOURCE])
    matches = find_matches(source, wanted)
    starts = _sentence_starts(source)
    start, end = _window(source, matches, starts, size)
    marked = _marked(
        source, [word for word in matches if start <= word.start and word.end <= end], start, end
    )
    before = "" if start in starts else "… "
    after = " …" if end < len(source.rstrip()) else ""
    return mark_safe(f"{before}{marked}{after}")  # every piece was escaped in _marked


def _window(source: str, matches: Sequence[Word], starts: Sequence[int], size: int) -> tuple[int, int]:
    if len(source) <= size:
        return 0, len(source)
    begins = sorted({_window_start(source, match, starts, size) for match in matches})
    start = max(begins, key=lambda begin: (_variety(begin, matches, size), -begin), default=0)
    end = _last_word_end(source, start, start + size)
    closing = source[end : end + 1]
    return start, end + (closing in (".", ")", "»", "!", "?"))


def _last_word_end(source: str, start: int, limit: int) -> int:
    """Return the end of the last whole word before a limit; the words at the end are enough to find it."""
    for begin in (max(start, limit - LONG_WORD), start):
        if ends := [end for _begin, end in word_spans(source, begin, limit)]:
            return ends[-1]
    return limit


def _one_line(source: str) -> str:
    """Join the lines of a source; a line that does not end a sentence is followed by a separator."""
    lines = split_lines(source)
    ends = [" " if line[-1] in _SENTENCE_MARKS else APART for line in lines[:-1]]
    return "".join(chain.from_iterable(zip_longest(lines, ends, fillvalue="")))


def _sentence_starts(source: str) -> list[int]:
    return [0, *(found.end() for found in _SENTENCE_BREAK.finditer(source))]


def _window_start(source: str, match: Word, starts: Sequence[int], size: int) -> int:
    """Return the beginning of the sentence of a match, or of a word before it if the sentence is too long."""
    start = starts[bisect_right(starts, match.start) - 1]
    if match.end - start <= size * 2 // 3:
        return start
    lead = max(0, match.start - size // 6)
    return next((begin for begin, _end in word_spans(source, lead, len(source))), lead)


def _variety(start: int, matches: Sequence[Word], size: int) -> int:
    inside = (match for match in matches if start <= match.start and match.end <= start + size)
    return len({match.stem or match.folded for match in inside})


def _marked(text: str, matches: Collection[Word], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    at = start
    for word in matches:
        pieces += [escape(text[at : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
        at = word.end
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # every piece was escaped above


def within_one_edit(first: str, second: str) -> bool:
    """Check that one insertion, deletion, substitution or transposition makes the words equal."""
    if abs(len(first) - len(second)) > 1:
        return False
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped
