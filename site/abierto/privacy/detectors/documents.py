"""Detectors of passport numbers and licence plates, which are recognized by the word before them."""

import re
from collections.abc import Iterator

from ..context_words import index_words
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register


@register
class PassportDetector(Detector):
    kind = PersonalDataKind.PASSPORT
    pattern = index_words(
        "pasaportes?", r"{}[^.;\n]{0,40}?(?:no\.\s?|num\.\s?)?\b([a-z]{1,2}[ -]?\d{7,8})(?!\w)"
    )

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for match in prepared.find_words(self.pattern):
            yield self.warn(*match.span(1))


@register
class PlateDetector(Detector):
    kind = PersonalDataKind.PLATE
    pattern = index_words(
        "placas? matriculas?",
        r"{}(?:\s+(?:de\s+circulacion|del?\s+vehiculo|numero|num\.|no\.|nos?\.|con|"
        r"identificad[oa]s?|particulares))*[\s:]*((?:[a-z0-9]{1,4}-?){1,4})(?![\w-])",
    )

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for match in prepared.find_words(self.pattern):
            plate = prepared.text[match.start(1) : match.end(1)].replace("-", "")
            has_both = re.search(r"\d", plate) and re.search(r"[A-Z]", plate)
            if has_both and 5 <= len(plate) <= 8 and plate == plate.upper():
                yield self.warn(*match.span(1))
