"""Undo what hides an identifier from a search, and keep the offsets of the original text.

Invisible characters are dropped, digits of other scripts and letters that look like Latin letters are
replaced, and compatibility forms (full width, ligatures, composed accents) are brought to one form.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate

ODD = re.compile(r"[^\t\n\r -~¡-¬®-ÿ–—‘’“”…•]")
"""Any character outside plain Spanish text."""

LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ",
    "ABEKMHOPCTYXIJSQWaeopcyxijsABEZHIKMNOPTYXov",
)
"""Cyrillic and Greek letters by the Latin letter they are drawn like (Unicode TS 39, confusables)."""

ACCENTS = tuple(zip("áàäâéèëêíìïîóòöôúùüûñç", "aaaaeeeeiiiioooouuuunc", strict=True))

BLOCK = 4096


class Normalized:
    """A text in one form, with the way back to the offsets of the original."""

    def __init__(self, text: str, starts: list[int], sources: list[int]) -> None:
        """Take the offsets, in the new text and in the original, from which characters correspond."""
        self.text = text
        self._starts = starts
        self._sources = sources

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text behind a span of the normalized one."""
        return self._source_index(start), self._source_index(end - 1) + 1

    def _source_index(self, index: int) -> int:
        run = bisect_right(self._starts, index) - 1
        return self._sources[run] + index - self._starts[run]


def normalize(text: str) -> Normalized:
    """Bring ``text`` to the form in which detectors search."""
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
    """Join an accent that is a character of its own to the letter before it."""
    return unicodedata.normalize("NFC", letter + accent)[0]


@cache
def replace_character(character: str) -> str:
    """Return what a detector reads for one odd character; nothing for one that is not seen."""
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
    """A text without white space and without ``separators``: what is split over lines or cells is whole.

    The text is stored in blocks, so that only the blocks with a finding are searched for its place.
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
