"""The texts of a page in reading order, as data classes without Django."""

from dataclasses import dataclass
from enum import Enum


class PartKind(Enum):
    """Whether a part of a page is a heading or running text."""

    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A text of a page; ``key`` names the block or field, ``level`` is that of a heading (2 to 6)."""

    key: str
    text: str
    kind: PartKind = PartKind.TEXT
    level: int = 0


@dataclass(frozen=True, slots=True)
class PageContent:
    """The texts of a page. ``summary`` is None for a page type that has none."""

    parts: tuple[ContentPart, ...]
    summary: str | None = None
