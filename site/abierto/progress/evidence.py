"""Match the promised means of verification with the published evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Means:
    """A promised means of verification. ``key`` does not change when its text is edited."""

    key: str
    text: str
    kind: str = ""
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence; ``means_key`` is the key of the promised means, or empty."""

    means_key: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """A promised means of verification that has evidence."""

    means: Means
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """The promised means with and without evidence, in their given order."""

    proven: tuple[Proven, ...]
    pending: tuple[Means, ...]
    unmatched: tuple[Evidence, ...]
    """Evidence that belongs to no promised means of verification."""


def verify(promised: Iterable[Means], evidence: Iterable[Evidence]) -> Verification:
    """Match evidence to the promised means of verification by their keys."""
    means = tuple(promised)
    shown = tuple(evidence)
    keys = {promise.key for promise in means if promise.key}
    answers = {key: tuple(piece for piece in shown if piece.means_key == key) for key in keys}
    return Verification(
        proven=tuple(Proven(promise, answers[promise.key]) for promise in means if answers.get(promise.key)),
        pending=tuple(promise for promise in means if not answers.get(promise.key)),
        unmatched=tuple(piece for piece in shown if piece.means_key not in keys),
    )
