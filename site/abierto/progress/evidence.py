"""Match the promised means of verification with the published evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Means:
    """A means of verification as promised. ``key`` stays the same however its text is edited."""

    key: str
    text: str
    kind: str = ""
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence; ``means_key`` names the promised means, and may be empty."""

    means_key: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """A promised means with its evidence."""

    means: Means
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """The promised means with and without evidence, in their given order."""

    proven: tuple[Proven, ...]
    pending: tuple[Means, ...]
    unmatched: tuple[Evidence, ...]
    """Evidence that answers no promised means: welcome, but it proves none of them."""


def verify(promised: Iterable[Means], evidence: Iterable[Evidence]) -> Verification:
    """Sort the promised means into proven and pending, and set the unmatched evidence apart."""
    means = tuple(promised)
    shown = tuple(evidence)
    keys = {promise.key for promise in means if promise.key}
    answers = {key: tuple(piece for piece in shown if piece.means_key == key) for key in keys}
    return Verification(
        proven=tuple(Proven(promise, answers[promise.key]) for promise in means if answers.get(promise.key)),
        pending=tuple(promise for promise in means if not answers.get(promise.key)),
        unmatched=tuple(piece for piece in shown if piece.means_key not in keys),
    )
