"""Result of an integrity check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """A problem, in Spanish, with its fix."""

    message: str
    fix: str
