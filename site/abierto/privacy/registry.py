"""The registry of detectors."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from .document import Document
from .findings import Finding, Kind, Level


class Detector(ABC):
    """Finds one kind of personal data; ``find`` yields offsets of the normalized text."""

    kind: Kind

    @abstractmethod
    def find(self, document: Document) -> Iterator[Finding]:
        """Yield what is found in ``document``."""

    def block(self, start: int, end: int) -> Finding:
        return Finding(start, end, self.kind, Level.BLOCK)

    def warn(self, start: int, end: int) -> Finding:
        return Finding(start, end, self.kind, Level.WARN)


_detectors: list[Detector] = []


def register[D: type[Detector]](detector: D) -> D:
    """Register a class of detectors; the order of registration is the order of precedence."""
    _detectors.append(detector())
    return detector


def get_detectors() -> tuple[Detector, ...]:
    """Return the registered detectors, the first with precedence over those after it."""
    return tuple(_detectors)
