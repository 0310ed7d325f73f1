"""Redact texts: list the personal data in them, and replace the chosen items by stand-ins."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..detectors.people import GIVEN_NAMES
from ..findings import Finding, FindingLevel, PersonalDataKind
from ..normalization import fold, normalize
from ..prepared_text import PreparedText
from ..scanning import scan
from .people import NamedPerson, find_mentions, list_people, name_words

NAMES = frozenset({PersonalDataKind.PERSON, PersonalDataKind.MINOR})
PERSON = "Persona {}"
SHARED_NAME = "[apellido]"
"""The stand-in of a surname that several persons have."""

HIDDEN = "[dato oculto]"
STAND_INS = {
    PersonalDataKind.CURP: "[CURP]",
    PersonalDataKind.RFC: "[RFC]",
    PersonalDataKind.INE: "[clave de elector]",
    PersonalDataKind.CLABE: "[cuenta CLABE]",
    PersonalDataKind.CARD: "[tarjeta]",
    PersonalDataKind.NSS: "[número de seguridad social]",
    PersonalDataKind.EMAIL: "[correo]",
    PersonalDataKind.PHONE: "[teléfono]",
    PersonalDataKind.PASSPORT: "[pasaporte]",
    PersonalDataKind.PLATE: "[placas]",
    PersonalDataKind.ADDRESS: "[domicilio]",
    PersonalDataKind.SENSITIVE: "[dato sensible]",
}
CONTEXT = 40
NOT_IN_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A found value, once for all its places; ``key`` identifies it in a form."""

    key: str
    kind: PersonalDataKind
    level: FindingLevel
    value: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A span of the original text and the stand-in that replaces it."""

    start: int
    end: int
    stand_in: str


@dataclass(frozen=True, slots=True)
class RedactedText:
    """A redacted text, with the replacements in the order of the text."""

    text: str
    replacements: tuple[Replacement, ...]

    def replacements_between(self, start: int, end: int) -> tuple[Replacement, ...]:
        """Return the replacements that overlap a span of the original text."""
        first = bisect_right(self.replacements, start, key=lambda one: one.end)
        last = bisect_left(self.replacements, end, key=lambda one: one.start)
        return self.replacements[first:last]


def value_key(value: str) -> str:
    """Return a value without separators, accents and case, for comparison."""
    return NOT_IN_KEY.sub("", fold(normalize(value).text))


def item_key(kind: PersonalDataKind, value: str) -> str:
    group = PersonalDataKind.PERSON if kind in NAMES else kind
    return hashlib.sha256(f"{group}:{value_key(value)}".encode()).hexdigest()[:16]


def list_items(texts: Iterable[str], allowed: Collection[str] = ()) -> list[Item]:
    """Return the values that the detectors find, each once, with the text around its first place."""
    items: dict[str, Item] = {}
    for text in texts:
        for finding in scan(text, allowed):
            value = text[finding.start : finding.end]
            key = item_key(finding.type, value)
            if key not in items or (items[key].level, finding.level) == (
                FindingLevel.WARN,
                FindingLevel.BLOCK,
            ):
                items[key] = make_item(key, finding, text)
    return list(items.values())


def make_item(key: str, finding: Finding, text: str) -> Item:
    return Item(
        key,
        finding.type,
        finding.level,
        text[finding.start : finding.end],
        text[max(0, finding.start - CONTEXT) : finding.start],
        text[finding.end : finding.end + CONTEXT],
    )


def looks_like_name(words: str) -> bool:
    """Check whether words of an editor are a name: capitalized, and several words or a given name."""
    names = name_words(words)
    is_name = len(names) > 1 or (len(names) == 1 and names[0] in GIVEN_NAMES)
    return is_name and words.istitle() and not re.search(r"\d", words)


class Redactor:
    """Replaces items and words, with the same stand-ins in all texts of one redaction."""

    def __init__(self, items: Iterable[Item], words: Collection[str] = ()) -> None:
        """``items`` are the chosen items; ``words`` are further words, of which names count as persons."""
        chosen = list(items)
        names = [item.value for item in chosen if item.kind in NAMES]
        self._people = list_people([*names, *filter(looks_like_name, words)])
        self._kinds = {item.key: item.kind for item in chosen if item.kind not in NAMES}
        self._literals = [(item.value, STAND_INS[item.kind]) for item in chosen if item.kind not in NAMES]
        self._literals += [(word, HIDDEN) for word in words if word.strip() and not looks_like_name(word)]
        self._patterns = [
            (compile_literal(value), label, value_key(value)) for value, label in self._literals
        ]
        self._numbers: dict[NamedPerson, int] = {}
        self._values: dict[str, dict[str, str]] = {}

    def redact(self, text: str) -> RedactedText:
        """Return the redaction of ``text``; numbers of persons and values continue from earlier texts."""
        replacements = [
            Replacement(span.start, span.end, self._stand_in(span)) for span in self._find_spans(text)
        ]
        pieces, end = [], 0
        for replacement in replacements:
            pieces += [text[end : replacement.start], replacement.stand_in]
            end = replacement.end
        return RedactedText("".join([*pieces, text[end:]]), tuple(replacements))

    def _find_spans(self, text: str) -> list[_Span]:
        """Return the spans to replace, sorted by offset; of overlapping ones the longest."""
        prepared = PreparedText(text)
        spans = [
            _Span(*prepared.normalized.source_span(mention.start, mention.end), mention.people)
            for mention in find_mentions(prepared, self._people)
        ]
        for finding in scan(text):
            key = item_key(finding.type, text[finding.start : finding.end])
            if key in self._kinds:
                value = value_key(text[finding.start : finding.end])
                spans.append(_Span(finding.start, finding.end, (), STAND_INS[self._kinds[key]], value))
        for pattern, label, value in self._patterns:
            for match in pattern.finditer(prepared.folded):
                start, end = prepared.normalized.source_span(*match.span())
                spans.append(_Span(start, end, (), label, value))
        return keep_longest(spans)

    def _stand_in(self, span: _Span) -> str:
        """Return «Persona» with its number, or the label of a kind, numbered from the second value on."""
        if len(span.people) > 1:
            return SHARED_NAME
        if span.people:
            return PERSON.format(self._numbers.setdefault(span.people[0], len(self._numbers) + 1))
        values = self._values.setdefault(span.label, {})
        if span.value not in values:
            number = f" {len(values) + 1}]" if values else "]"
            values[span.value] = span.label.removesuffix("]") + number
        return values[span.value]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    people: tuple[NamedPerson, ...]
    label: str = ""
    value: str = ""


def keep_longest(spans: Iterable[_Span]) -> list[_Span]:
    """Return the spans without overlaps, sorted by offset; of overlapping ones the longest."""
    chosen: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        place = bisect_left(chosen, span.start, key=lambda other: other.start)
        neighbours = chosen[max(0, place - 1) : place + 1]
        if not any(span.start < other.end and other.start < span.end for other in neighbours):
            chosen.insert(place, span)
    return chosen


def compile_literal(value: str) -> re.Pattern[str]:
    """Compile an expression that matches a value in folded text with any white space."""
    words = [re.escape(word) for word in fold(normalize(value).text).split()]
    return re.compile(rf"(?<!\w){r'\s+'.join(words)}(?!\w)")


def find_blocking(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Return the values in a text with findings of the level ``BLOCK``."""
    return [text[one.start : one.end] for one in scan(text, allowed) if one.level == FindingLevel.BLOCK]
