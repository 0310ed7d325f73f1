"""The result of extracting a file (sections, pages, notes), and the reasons why a file is unreadable."""

from dataclasses import dataclass, field
from enum import StrEnum


class FilePart(StrEnum):
    """The part of a file that a text comes from."""

    BODY = "body"
    PAGE = "page"
    ANNOTATION = "annotation"
    FORM = "form"
    EARLIER_VERSION = "earlier_version"
    HEADER = "header"
    COMMENT = "comment"
    SHEET = "sheet"
    PROPERTIES = "properties"
    ATTACHMENT = "attachment"
    OTHER = "other"


class Note(StrEnum):
    """Warnings for the reviewer about the file itself."""

    MACROS = "macros"
    EXTERNAL_REFERENCE = "external_reference"
    UNREADABLE_PART = "unreadable_part"
    NO_TEXT = "no_text"
    LOCATION = "location"


class Reason(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


class UnreadableFileError(Exception):
    """A file that cannot be read completely, and so cannot be published."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Section:
    """A text with its part of the file and a detail: the page number, or the name inside the file."""

    part: FilePart
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """The visible text of one page of a file; ``number`` is None for a file without pages."""

    number: int | None
    text: str


@dataclass(slots=True)
class Extraction:
    """All text of a file, at most ``MAX_TEXT`` characters.

    ``sections`` have all text, for the detectors; ``pages`` have the running text, for readers.
    """

    sections: list[Section] = field(default_factory=list)
    notes: set[Note] = field(default_factory=set)
    size: int = 0
    pages: list[FilePage] = field(default_factory=list)

    def add(self, part: FilePart, detail: str, text: str) -> None:
        if not text.strip():
            return
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise UnreadableFileError(Reason.TOO_LARGE)
        self.sections.append(Section(part, detail, text))

    def add_attachment(self, name: str, other: "Extraction") -> None:
        """Add the sections and notes of an attached file."""
        for section in other.sections:
            place = " › ".join(filter(None, (name, section.part.value, section.detail)))
            self.add(FilePart.ATTACHMENT, place, section.text)
        self.notes |= other.notes - {Note.NO_TEXT}


MAX_TEXT = 30_000_000
MAX_FILE = 100 * 1024 * 1024
MAX_DEPTH = 3
MAX_ATTACHMENTS = 200
