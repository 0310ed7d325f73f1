"""Scan a text with all detectors."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection

from . import detectors as _detectors  # noqa: F401 - registers them
from .findings import Finding, FindingLevel, PersonalDataKind
from .prepared_text import PreparedText
from .registry import get_detectors

CHANNELS = {
    **dict.fromkeys(
        (
            PersonalDataKind.CURP,
            PersonalDataKind.RFC,
            PersonalDataKind.INE,
            PersonalDataKind.CLABE,
            PersonalDataKind.CARD,
            PersonalDataKind.NSS,
            PersonalDataKind.EMAIL,
            PersonalDataKind.PHONE,
            PersonalDataKind.PASSPORT,
            PersonalDataKind.PLATE,
        ),
        "number",
    ),
    **dict.fromkeys((PersonalDataKind.MINOR, PersonalDataKind.PERSON), "name"),
}
"""Kind → its group; of overlapping findings of one group only one remains."""


def scan(text: str, allowed: Collection[str] = ()) -> list[Finding]:
    """Return the personal data in ``text`` by offset.

    ``allowed`` are the official contacts of the space, normalized by ``contacts.normalize_contact``.
    """
    prepared = PreparedText(text, allowed)
    found: list[Finding] = []
    for detector in get_detectors():
        found += detector.find(prepared)
    return sorted(locate(finding, prepared) for finding in without_overlaps(found))


def without_overlaps(found: list[Finding]) -> list[Finding]:
    """Remove findings that overlap an earlier one of their group; those of the level ``BLOCK`` go first."""
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    result = []
    for finding in sorted(found, key=lambda finding: finding.level == FindingLevel.WARN):
        spans = taken[CHANNELS.get(finding.type, finding.type)]
        place = bisect_left(spans, (finding.start, finding.end))
        if any(
            left < finding.end and finding.start < right
            for left, right in spans[max(0, place - 1) : place + 1]
        ):
            continue
        spans.insert(place, (finding.start, finding.end))
        result.append(finding)
    return result


def locate(finding: Finding, prepared: PreparedText) -> Finding:
    """Return the finding with offsets of the original text."""
    start, end = prepared.normalized.source_span(finding.start, finding.end)
    return Finding(start, end, finding.type, finding.level)
