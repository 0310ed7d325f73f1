"""What a question of the doctor answers."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something is."""

    WELL = "bien"
    WARNING = "aviso"
    BAD = "mal"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part of the installation, in Spanish, with the fix where it needs one."""

    part: str
    state: State
    detail: str
    fix: str = ""


def well(part: str, detail: str) -> Diagnosis:
    """Return a part that is as it should be."""
    return Diagnosis(part, State.WELL, detail)


def warning(part: str, detail: str, fix: str) -> Diagnosis:
    """Return a part that works and could be better."""
    return Diagnosis(part, State.WARNING, detail, fix)


def bad(part: str, detail: str, fix: str) -> Diagnosis:
    """Return a part that does not work."""
    return Diagnosis(part, State.BAD, detail, fix)
