"""The normalized text and its derived forms, computed once for all detectors."""

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

from .context_words import WordIndex
from .normalization import Compacted, capitalize, fold, normalize

SEPARATORS = "|,;-–—._\"'/:*•·"
"""Characters, besides white space, inside a key that is split over lines or cells."""

DELIMITERS = "\t|;,"
LONGEST_ROW = 2_000
LOOSE_GROUPS = 6
"""Maximum number of digit groups of a loose number (see ``Chain.candidates``)."""


class PreparedText:
    """A normalized text with the derived forms that detectors search.

    ``allowed`` are official contacts, as ``normalize_contact`` returns them.
    """

    def __init__(self, source: str, allowed: Collection[str] = ()) -> None:
        self.normalized = normalize(source)
        self.text = self.normalized.text
        self.allowed = frozenset(allowed)

    @cached_property
    def folded(self) -> str:
        """Return the text in lower case without accents, with the same offsets."""
        return fold(self.text)

    @cached_property
    def compacted(self) -> Compacted:
        """Return the text in capitals without separators."""
        return Compacted(capitalize(self.text), SEPARATORS)

    @cached_property
    def key_dates(self) -> list[int]:
        """Return the offsets of six or more digits in ``compacted``: each key has its letters before them."""
        return [match.start() for match in SIX_DIGITS.finditer(self.compacted.text)]

    @cached_property
    def _tokens(self) -> frozenset[str]:
        return frozenset(TOKEN.findall(self.folded))

    def find_words(self, words: WordIndex) -> Iterator[re.Match[str]]:
        """Yield the matches of ``words`` in the folded text.

        Only offsets of the first word of an expression are tried: searching a long alternation is several
        times slower.
        """
        text = self.folded
        starts = {
            match.start()
            for token in filter(words.first.fullmatch, self._tokens)
            for match in re.finditer(rf"{token}(?![a-z])", text)
            if not is_part_of_word(text, match.start(), token)
        }
        end = 0
        for start in sorted(starts):
            match = words.pattern.match(text, start) if start >= end else None
            if match:
                end = match.end()
                yield match

    def before(self, start: int, size: int = 60) -> str:
        """Return the folded text before an offset, at most ``size`` characters and in the same paragraph."""
        text = self.folded[max(0, start - size) : start]
        return text[text.rfind("\n\n") + 1 :] if "\n\n" in text else text

    def after(self, end: int, size: int = 30) -> str:
        """Return the folded text after an offset, at most ``size`` characters and on the same line."""
        text = self.folded[end : end + size]
        return text.partition("\n")[0]

    def header(self, start: int) -> str:
        """Return the column heading of an offset in a table; empty outside tables."""
        first, _, rest = self._first_line
        if not rest or not len(first) < start or len(first) > LONGEST_ROW:
            return ""
        line = self.folded.rfind("\n", max(0, start - LONGEST_ROW), start) + 1
        end = self.folded.find("\n", start, start + LONGEST_ROW)
        row = self.folded[line : end if end != -1 else start + LONGEST_ROW]
        for delimiter in DELIMITERS:
            if delimiter in first and delimiter in row:
                headings = first.split(delimiter)
                column = self.folded.count(delimiter, line, start)
                return headings[column] if column < len(headings) else ""
        return ""

    @cached_property
    def _first_line(self) -> tuple[str, str, str]:
        return self.folded.partition("\n")

    @cached_property
    def number_areas(self) -> list[tuple[int, int]]:
        """Return the spans of seven or more digits with few other characters between them."""
        return [match.span() for match in AREA.finditer(self.text)]

    @cached_property
    def number_chains(self) -> "list[Chain]":
        """Return the sequences of digits of the text with their groups."""
        return [
            Chain(self.text, match.start(), match.group())
            for start, end in self.number_areas
            for match in CHAIN.finditer(self.text, start, end)
            if match.end() - match.start() >= SHORTEST
        ]


def is_part_of_word(text: str, start: int, token: str) -> bool:
    """Check whether a token continues a word, or an acronym such as «A.C.»."""
    before = text[start - 1 : start]
    return before.isalnum() or (before == "." and len(token) == 1)


TOKEN = re.compile(r"[a-z]+")
SIX_DIGITS = re.compile(r"\d{6,}")
AREA = re.compile(r"\d(?:[^\w$,;:]{0,3}\d){6,}")
CHAIN = re.compile(r"\d+(?:(?:[ .]|\s?[-–/|]\s?|\r?\n|\t)\d+)*")
GROUP = re.compile(r"\d+")
SHORTEST = 11
"""Number of digits of the shortest number with a check digit, the social security number."""


class Chain:
    """A sequence of digit groups with only separators between them."""

    __slots__ = ("groups", "separators", "text")

    def __init__(self, text: str, start: int, written: str) -> None:
        self.text = text
        self.groups = [(start + match.start(), start + match.end()) for match in GROUP.finditer(written)]
        between = [text[left[1] : right[0]] for left, right in pairwise(self.groups)]
        self.separators = ["", *map(read_separator, between), ""]

    def candidates(self, lengths: Collection[int]) -> "list[Candidate]":
        """Return the possible numbers of one of ``lengths`` digits in these groups.

        A number is a run of groups with the same separator. It is ``loose`` if it is split over lines or
        cells, or if more groups with that separator precede or follow it. A loose number must have few
        groups, or one for each digit, as in the boxes of a form.
        """
        found, longest = [], max(lengths)
        for first, (start, _end) in enumerate(self.groups):
            size = 0
            for last in range(first, len(self.groups)):
                size += self.groups[last][1] - self.groups[last][0]
                if size > longest:
                    break
                if size in lengths and self.groups[last][1] - start < 4 * longest:
                    groups, loose = self.groups[first : last + 1], self._is_loose(first, last)
                    if not loose or len(groups) <= LOOSE_GROUPS or len(groups) == size:
                        found.append(Candidate(self.text, groups, loose))
        return found

    def _is_loose(self, first: int, last: int) -> bool:
        inner = set(self.separators[first + 1 : last + 1])
        outer = {self.separators[first], self.separators[last + 1]} - {""}
        return len(inner) > 1 or bool(inner - {" ", "-"}) or bool(outer & (inner or {" ", "-"}))


def read_separator(between: str) -> str:
    """Return the separator of two digit groups as one character."""
    mark = between.strip() or between[0]
    return {"\r": "\n", "–": "-"}.get(mark, mark)


class Candidate:
    """A possible number in a run of digit groups."""

    __slots__ = ("digits", "end", "loose", "sizes", "start")

    def __init__(self, text: str, groups: list[tuple[int, int]], loose: bool) -> None:
        self.start, self.end = groups[0][0], groups[-1][1]
        self.digits = "".join(text[start:end] for start, end in groups)
        self.sizes = tuple(end - start for start, end in groups)
        self.loose = loose
