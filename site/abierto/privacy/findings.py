"""The findings of the detectors, with their kinds and levels."""

from dataclasses import dataclass
from enum import StrEnum


class PersonalDataKind(StrEnum):
    """The kinds of personal data; ``manage.py privacy_scan`` prints their values."""

    CURP = "CURP"
    RFC = "RFC"
    INE = "INE"
    CLABE = "CLABE"
    CARD = "CARD"
    NSS = "NSS"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    PASSPORT = "PASSPORT"
    PLATE = "PLATE"
    ADDRESS = "ADDRESS"
    MINOR = "MINOR"
    PERSON = "PERSON"
    SENSITIVE = "SENSITIVE"


class FindingLevel(StrEnum):
    """``BLOCK`` can never be published; ``WARN`` can after a named person has confirmed it with a reason."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Personal data between two offsets of a text, in code points, the end exclusive."""

    start: int
    end: int
    type: PersonalDataKind
    level: FindingLevel

    def overlaps(self, other: "Finding") -> bool:
        return self.start < other.end and other.start < self.end
