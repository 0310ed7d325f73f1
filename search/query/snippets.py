"""Snippets: the part of a text that matched, escaped, with the matches in <mark>."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import Word, word_spans, words
from .profile import LEGAL_ES

MAX_SOURCE = 20_000  # characters; passages are far shorter


@dataclass(frozen=True, slots=True)
class HighlightTerms:
    """The terms to highlight: stems, folded words, and unknown words with up to one edit; or only phrases."""

    stems: frozenset[str]
    exact: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    nearly: tuple[str, ...] = ()

    def matches(self, folded: str, stem: str) -> bool:
        """Check that a word of the text is to be highlighted."""
        if (stem and stem in self.stems) or folded in self.exact:
            return True
        return bool(stem) and any(within_one_edit(folded, near) for near in self.nearly)


def highlight(text: str, wanted: HighlightTerms) -> SafeString:
    """Return the whole text, escaped and highlighted: for titles."""
    return _marked(text, find_matches(text, wanted), 0, len(text))


def find_matches(text: str, wanted: HighlightTerms) -> list[Word]:
    """Return the words of the text to mark; of a query with quotes, only its phrases, each as one word."""
    if not wanted.phrases:
        return list(words(text, wanted.matches))
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
    """Return the window of the source with the most different matches, cut between words."""
    source = source[:MAX_SOURCE]
    matches = find_matches(source, wanted)
    start, end = _window(source, matches, size)
    marked = _marked(
        source, [word for word in matches if start <= word.start and word.end <= end], start, end
    )
    before, after = ("… " if start else ""), (" …" if end < len(source.rstrip()) else "")
    return mark_safe(f"{before}{marked}{after}")  # every piece was escaped in _marked


def _window(source: str, matches: Sequence[Word], size: int) -> tuple[int, int]:
    if len(source) <= size:
        return 0, len(source)
    anchor = max(matches, key=lambda first: (_variety(first, matches, size), -first.start), default=None)
    lead = max(0, anchor.start - size // 6) if anchor else 0
    start = next((begin for begin, _end in word_spans(source, lead, len(source))), 0) if lead else 0
    end = max((end for _begin, end in word_spans(source, start, start + size)), default=start + size)
    closing = source[end : end + 1]
    return start, end + (closing in (".", ")", "»", "!", "?"))


def _variety(first: Word, matches: Sequence[Word], size: int) -> int:
    limit = first.start + size * 5 // 6
    return len(
        {match.stem or match.folded for match in matches if first.start <= match.start and match.end <= limit}
    )


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
