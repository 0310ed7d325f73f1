"""The ranking profile: its weights as data. Measure on judged queries before changing them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The weight of each kind of match. Scores are comparable only within one answer."""

    name: str
    text: float = 1.0
    plain: float = 0.5
    grams: float = 0.15
    title: float = 2.0
    title_word: float = 0.5
    held_word: float = 3.0
    kind: float = 2.0
    kind_word: float = 0.5
    pinned_kind: float = 100.0
    not_ruling: float = 8.0
    not_proposed: float = 3.0
    not_secondary: float = 30.0
    not_municipal: float = 4.0
    glossary: float = 0.5
    glossary_unknown: float = 1.0
    glossary_whole: float = 1.0
    slop: int = 2
    fuzzy: float = 3.0
    fuzzy_min_length: int = 4
    reference: float = 1000.0
    target: float = 5.0
    plan: float = 10.0
    institution: float = 15.0
    window: int = 50
    deepest: int = 1000
    most_passages: int = 20_000
    per_page: int = 10
    snippet_chars: int = 240
    score_digits: int = 4


LEGAL_ES = Profile(name="legal-es-6")
