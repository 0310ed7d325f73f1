"""The result class of the integrity checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """A problem that an integrity check found, with its fix; both in Spanish."""

    message: str
    fix: str
