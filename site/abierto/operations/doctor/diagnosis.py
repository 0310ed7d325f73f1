"""Results of the doctor's checks."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "bien"
    WARNING = "aviso"
    ERROR = "mal"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Result of a check, in Spanish, with a fix unless it is fine."""

    part: str
    state: State
    detail: str
    fix: str = ""


def passed(part: str, detail: str) -> Diagnosis:
    return Diagnosis(part, State.OK, detail)


def warning(part: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(part, State.WARNING, detail, fix)


def failed(part: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(part, State.ERROR, detail, fix)
