"""The registry of detectors."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from .findings import Finding, FindingLevel, PersonalDataKind
from .prepared_text import PreparedText


class Detector(ABC):
    """Finds one kind of personal data; the findings have offsets of the normalized text."""

    kind: PersonalDataKind

    @abstractmethod
    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        """Yield the findings in ``prepared``."""

    def block(self, start: int, end: int) -> Finding:
        return Finding(start, end, self.kind, FindingLevel.BLOCK)

    def warn(self, start: int, end: int) -> Finding:
        return Finding(start, end, self.kind, FindingLevel.WARN)


_detectors: list[Detector] = []


def register[D: type[Detector]](detector: D) -> D:
    """Register a detector class; the order of registration is the order of precedence."""
    _detectors.append(detector())
    return detector


def get_detectors() -> tuple[Detector, ...]:
    """Return the registered detectors in the order of their precedence."""
    return tuple(_detectors)
