"""Normalize a text for searching, with a mapping to the offsets of the original.

This undoes what hides an identifier: invisible characters are removed, digits of other scripts and letters
that look Latin are replaced, and compatibility forms (full width, ligatures, accents) are unified.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate

ODD = re.compile(r"[^\t\n\r -~¡-¬®-ÿ–—‘’“”…•]")
"""Any character that plain Spanish text does not have."""

LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ",
    "ABEKMHOPCTYXIJSQWaeopcyxijsABEZHIKMNOPTYXov",
)
"""Cyrillic and Greek letters → the Latin letter that looks the same (Unicode TS 39, confusables)."""

ACCENTS = tuple(zip("áàäâéèëêíìïîóòöôúùüûñç", "aaaaeeeeiiiioooouuuunc", strict=True))

BLOCK = 4096


class Normalized:
    """A normalized text with the mapping of its offsets to those of the original."""

    def __init__(self, text: str, starts: list[int], sources: list[int]) -> None:
        """``starts`` and ``sources`` are the offsets in both texts at which aligned runs begin."""
        self.text = text
        self._starts = starts
        self._sources = sources

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text for a span of the normalized one."""
        return self._source_index(start), self._source_index(end - 1) + 1

    def _source_index(self, index: int) -> int:
        run = bisect_right(self._starts, index) - 1
        return self._sources[run] + index - self._starts[run]


def normalize(text: str) -> Normalized:
    """Return ``text`` in the form that detectors search."""
    pieces: list[str] = []
    starts, sources, length, end = [0], [0], 0, 0
    for match in ODD.finditer(text):
        place = match.start()
        if place > end:
            pieces.append(text[end:place])
        length += place - end
        end = place + 1
        replacement = replace_character(match[0])
        if not replacement and pieces and unicodedata.combining(match[0]):
            pieces[-1] = pieces[-1][:-1] + compose(pieces[-1][-1], match[0])
        for character in replacement:
            starts.append(length)
            sources.append(place)
            pieces.append(character)
            length += 1
        starts.append(length)
        sources.append(end)
    pieces.append(text[end:])
    return Normalized("".join(pieces), starts, sources)


def compose(letter: str, accent: str) -> str:
    """Return a letter and a combining accent as one character."""
    return unicodedata.normalize("NFC", letter + accent)[0]


@cache
def replace_character(character: str) -> str:
    """Return the replacement of a character that matches ``ODD``; empty for an invisible one."""
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\x0b\x0c\x85":
        return "\n"
    if category in ("Cf", "Mn", "Me", "Cc"):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd":
        return "-"
    return unicodedata.normalize("NFKC", character).translate(LOOK_ALIKES)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, character for character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(character.lower()[0] for character in text)
    for accented, letter in ACCENTS:
        lower = lower.replace(accented, letter)
    return lower


def capitalize(text: str) -> str:
    """Return ``text`` in capitals, character for character."""
    upper = text.upper()
    return upper if len(upper) == len(text) else "".join(character.upper()[0] for character in text)


class Compacted:
    """A text without white space and ``separators``, in which keys split over lines or cells are whole.

    Offsets are mapped by blocks, so that they are computed only for blocks with a finding.
    """

    def __init__(self, text: str, separators: str) -> None:
        self._source = text
        self._separators = separators
        blocks = [self._compact(text[start : start + BLOCK]) for start in range(0, len(text), BLOCK)]
        self._starts = list(accumulate(map(len, blocks), initial=0))
        self._places: dict[int, list[int]] = {}
        self.text = "".join(blocks)

    def source_index(self, index: int) -> int:
        """Return the offset in the source of one character of the compacted text."""
        block = bisect_right(self._starts, index) - 1
        if block not in self._places:
            self._places[block] = self._find_places(block * BLOCK)
        return self._places[block][index - self._starts[block]]

    def _compact(self, text: str) -> str:
        text = "".join(text.split())
        for separator in self._separators:
            text = text.replace(separator, "")
        return text

    def _find_places(self, start: int) -> list[int]:
        block = self._source[start : start + BLOCK]
        return [
            start + place
            for place, character in enumerate(block)
            if not character.isspace() and character not in self._separators
        ]
