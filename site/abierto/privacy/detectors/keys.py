"""Detectors of keys with letters and digits: CURP, RFC and the voter key."""

import datetime
import re
from abc import abstractmethod
from collections.abc import Iterator

from stdnum.mx import curp as stdnum_curp
from stdnum.mx import rfc as stdnum_rfc

from ..context_words import compile_words, index_words
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register

STATES = "AS|BC|BS|C[CHLMS]|D[FG]|G[RT]|HG|JC|M[CNS]|N[ELT]|OC|PL|Q[RT]|S[LPR]|T[CLS]|VZ|YN|ZS"


LABEL = re.compile(r"(?<![a-z0-9])(?:curp|rfc|r\.f\.c\.|ine|ife|elector|clave)$")
"""The label of a key directly before it, without a space."""

MOST_PLACES = 4
"""Maximum average distance between the characters of a key, which the boxes of a form separate."""


def is_date(digits: str) -> bool:
    """Check for a valid date as two digits each of year, month and day."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        datetime.date(2000 + year, month, day)
    except ValueError:
        return False
    return True


class KeyDetector(Detector):
    """Searches for a key in the text without separators, so that a split key is found too."""

    letters: int
    """The number of letters before the six digits of the date."""
    length: int
    pattern: re.Pattern[str]

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        compacted = prepared.compacted
        for date in prepared.key_dates:
            start, end = date - self.letters, date - self.letters + self.length
            if start < 0 or not self.pattern.match(compacted.text, start, end):
                continue
            places = [compacted.source_index(index) for index in range(start, end)]
            finding = self.judge(prepared, compacted.text[start:end], places)
            if finding is not None:
                yield finding

    @abstractmethod
    def judge(self, prepared: PreparedText, key: str, places: list[int]) -> Finding | None:
        """Return the finding for a key with its characters at the offsets ``places``, or None."""

    def breaks(self, places: list[int]) -> set[int]:
        """Return the indexes in the key with a separator before them."""
        return {index for index in range(1, len(places)) if places[index] - places[index - 1] > 1}

    def is_spread(self, places: list[int]) -> bool:
        """Check for a separator after every character, as in the boxes of a form."""
        return len(self.breaks(places)) == self.length - 1

    def is_whole_word(self, prepared: PreparedText, start: int, end: int) -> bool:
        text = prepared.text
        if text[end : end + 1].isalnum():
            return False
        return not text[start - 1 : start].isalnum() or LABEL.search(prepared.before(start, 10)) is not None


@register
class CurpDetector(KeyDetector):
    """Finds CURPs, also those that begin with one of the words that the issuer replaces."""

    kind = PersonalDataKind.CURP
    letters, length = 4, 18
    pattern = re.compile(rf"[A-ZÑ][A-Z][A-ZÑ]{{2}}\d{{6}}[HMX](?:{STATES})[A-ZÑ]{{3}}[A-Z\d]\d")
    generic = frozenset({"XEXX010101", "XAXX010101"})
    """Beginnings of keys that identify no person: foreigners and the general public."""

    def judge(self, prepared: PreparedText, key: str, places: list[int]) -> Finding | None:
        start, end = places[0], places[-1] + 1
        if key[:10] in self.generic or not is_date(key[4:10]) or end - start > MOST_PLACES * len(key):
            return None
        if stdnum_curp.calc_check_digit(key.replace("Ñ", "&")) == key[-1]:
            return self.block(start, end)
        whole = self.is_whole_word(prepared, start, end) and len(self.breaks(places)) <= 4
        return self.warn(start, end) if whole else None


@register
class IneDetector(KeyDetector):
    """Finds voter keys: six letters, date, state, sex and three digits, without a check digit."""

    kind = PersonalDataKind.INE
    letters, length = 6, 18
    pattern = re.compile(r"[A-ZÑ]{6}\d{6}(?:[0-2]\d|3[0-3]|8[78])[HM]\d{3}")
    card_number = index_words(
        r"ocr cic idmex credencial_para_votar",
        r"(?:ocr|cic|idmex|credencial\s+para\s+votar[^.;\n]{0,40}?(?:folio|numero|num\.|no\.))\W{0,3}"
        r"(?:numero\s+|num\.\s*|no\.\s*|de\s+)?(\d{9,13})(?!\d)",
    )
    """Other numbers of the voting card, recognized by the word before them."""

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        yield from super().find(prepared)
        for match in prepared.find_words(self.card_number):
            yield self.block(*match.span(1))

    def judge(self, prepared: PreparedText, key: str, places: list[int]) -> Finding | None:
        start, end = places[0], places[-1] + 1
        whole = self.is_whole_word(prepared, start, end) and end - start <= MOST_PLACES * len(key)
        if not whole or not is_date(key[6:12]):
            return None
        inside_letters = self.breaks(places) & set(range(1, 6))
        if inside_letters and not re.search(r"elector|\bine\b|\bife\b", prepared.before(start)):
            return None
        return self.block(start, end)


@register
class RfcDetector(KeyDetector):
    """Finds tax numbers of persons: four letters (companies have three), date and three characters."""

    kind = PersonalDataKind.RFC
    letters, length = 4, 13
    pattern = re.compile(r"[A-ZÑ&]{4}\d{6}[A-Z\d]{2}[\dA]")
    short = index_words(
        r"rfc r\.f\.c\.",
        r"r\.?\s?f\.?\s?c\.?\W{1,3}(?:sin\s+homoclave\W{1,3})?([a-z&]{4}[ -]?\d{6})(?![\w])",
    )
    context = compile_words(
        r"rfc r\.f\.c\.? registro_federal contribuyentes? homoclave cfdi emisor receptor honorarios"
    )
    generic = frozenset({"XAXX010101000", "XEXX010101000"})

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        yield from super().find(prepared)
        for match in prepared.find_words(self.short):
            if is_date(match[1][-6:]):
                yield self.block(*match.span(1))

    def judge(self, prepared: PreparedText, key: str, places: list[int]) -> Finding | None:
        start, end = places[0], places[-1] + 1
        is_right = stdnum_rfc.calc_check_digit(key[:-1]) == key[-1]
        if (
            key in self.generic
            or not is_date(key[4:10])
            or not self._is_whole(prepared, start, end, is_right)
        ):
            return None
        near = prepared.before(start) + prepared.header(start)
        has_context = self.context.search(near) is not None
        breaks = self.breaks(places)
        if (
            breaks
            and not (breaks <= {4, 10} and self._is_hyphenated(prepared, places, breaks))
            and not has_context
        ):
            return None
        if breaks & {1} and stdnum_rfc.calc_check_digit(key[1:-1]) == key[-1]:
            return None
        if end - start > MOST_PLACES * len(key):
            return None
        inside_letters = breaks & {1, 2, 3} and not self.is_spread(places)
        if inside_letters and "\n" not in prepared.text[start:end]:
            return None
        if is_right:
            return self.block(start, end)
        return self.warn(start, end) if has_context or not breaks else None

    def _is_whole(self, prepared: PreparedText, start: int, end: int, is_right: bool) -> bool:
        """Check for a whole word; a key with a valid check digit may directly follow another number."""
        follows_number = is_right and prepared.text[start - 1 : start].isdigit()
        return self.is_whole_word(prepared, start, end) or (
            follows_number and not prepared.text[end : end + 1].isalnum()
        )

    def _is_hyphenated(self, prepared: PreparedText, places: list[int], breaks: set[int]) -> bool:
        return all(prepared.text[places[index] - 1] in "-–" for index in breaks)
