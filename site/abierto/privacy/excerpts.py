"""How a finding is named without repeating it: its first characters, and a hash of its words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Finding, PersonalDataKind

SHOWN = 4
"""How many characters of a finding a message repeats: enough to find it, too few to publish it."""

CONTEXT = 45
"""How many characters before and after a finding a screen shows."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A finding with the text around it, each finding in it cut to its first characters."""

    before: str
    shown: str
    after: str


def make_excerpt(text: str, finding: Finding, findings: Iterable[Finding]) -> Excerpt:
    """Return the excerpt of a finding; ``findings`` are all of the text."""
    every, end = list(findings), min(len(text), finding.end + CONTEXT)
    return Excerpt(
        mask(text, every, max(0, finding.start - CONTEXT), finding.start),
        mask(text, [finding], finding.start, finding.end),
        mask(text, every, finding.end, end),
    )


def mask(text: str, findings: Iterable[Finding], start: int, end: int) -> str:
    """Return ``text`` between two offsets; of each finding in it only the first characters."""
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
    """Return the hash of the same words of the same kind at the same place."""
    same = " ".join(words.split()).casefold()
    return hashlib.sha256(f"{place}\0{kind}\0{same}".encode()).hexdigest()
