"""Identify a finding without repeating it: by its first characters, and by a hash of its words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Finding, PersonalDataKind

SHOWN = 4
"""Number of characters of a finding in messages: enough to locate it, too few to disclose it."""

CONTEXT = 45
"""Number of characters that views show before and after a finding."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A finding with the text around it, in which all findings are masked."""

    before: str
    shown: str
    after: str


def make_excerpt(text: str, finding: Finding, findings: Iterable[Finding]) -> Excerpt:
    """Return the excerpt of a finding; ``findings`` are all findings of the text."""
    every, end = list(findings), min(len(text), finding.end + CONTEXT)
    return Excerpt(
        mask(text, every, max(0, finding.start - CONTEXT), finding.start),
        mask(text, [finding], finding.start, finding.end),
        mask(text, every, finding.end, end),
    )


def mask(text: str, findings: Iterable[Finding], start: int, end: int) -> str:
    """Return ``text`` between two offsets, with only the first characters of each finding."""
    pieces, place = [], start
    for finding in sorted(findings):
        if finding.end <= place or finding.start >= end:
            continue
        pieces.append(text[place : max(place, finding.start)])
        if finding.start >= place:
            pieces.append(text[finding.start : min(finding.start + SHOWN, end)])
        pieces.append("…")
        place = finding.end
    return "".join([*pieces, text[place:end]])


def make_fingerprint(place: str, kind: PersonalDataKind | str, words: str) -> str:
    """Return a hash that is equal for the same words of the same kind at the same place."""
    same = " ".join(words.split()).casefold()
    return hashlib.sha256(f"{place}\0{kind}\0{same}".encode()).hexdigest()
