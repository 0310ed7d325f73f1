"""The results of the checks of an installation (``doctor``, ``run.py production --check``)."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "bien"
    WARNING = "aviso"
    ERROR = "mal"


MARKS = {State.OK: "✓", State.WARNING: "!", State.ERROR: "✗"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The result of a check, in Spanish; ``fix`` is empty for the state ``OK``."""

    part: str
    state: State
    detail: str
    fix: str = ""

    def __str__(self) -> str:
        line = f"{MARKS[self.state]} {self.part}: {self.detail}"
        return f"{line}\n    → {self.fix}" if self.fix else line


def passed(part: str, detail: str) -> Diagnosis:
    return Diagnosis(part, State.OK, detail)


def warning(part: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(part, State.WARNING, detail, fix)


def failed(part: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(part, State.ERROR, detail, fix)
