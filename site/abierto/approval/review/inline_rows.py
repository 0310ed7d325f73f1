"""Match the inline rows of two versions by key, never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from .block_comparison import find_moved_keys


@dataclass(frozen=True)
class RowPair:
    """One row in both versions; one of them may not have it."""

    key: str
    old: Any | None
    new: Any | None
    moved: bool = False

    @property
    def both(self) -> list[Any]:
        """The one or two rows of the pair."""
        return [row for row in (self.old, self.new) if row is not None]

    @property
    def is_whole(self) -> bool:
        """Check whether both versions have the row."""
        return self.old is not None and self.new is not None


def row_key(row: Any) -> str:
    """Return the key that identifies a row in every version of its page."""
    for name in (getattr(row, "matched_by", ""), "translation_key", "pk"):
        value = getattr(row, name, None) if name else None
        if value:
            return str(value)
    return ""


def row_path(relation: str, key: str) -> str:
    """Return the content path of an inline row."""
    return f"{relation}.{key}" if key else relation


def pair_rows(old: Any | None, new: Any, relation: str) -> Iterator[RowPair]:
    """Yield the rows of both versions in the order of the new one, then the removed ones."""
    before, after = _rows_by_key(old, relation), _rows_by_key(new, relation)
    moved = find_moved_keys(list(before), list(after))
    for key, row in after.items():
        yield RowPair(key, before.get(key), row, key in moved)
    for key, row in before.items():
        if key not in after:
            yield RowPair(key, row, None)


def _rows_by_key(version: Any | None, relation: str) -> dict[str, Any]:
    """Return the rows by their keys; a repeated key gets a suffix, so that no row is lost."""
    rows: dict[str, Any] = {}
    for row in getattr(version, relation).all() if version is not None else ():
        key = row_key(row)
        while key in rows:
            key += "+"
        rows[key] = row
    return rows


def row_title(pair: RowPair, label: str, names: Mapping[str, str]) -> str:
    """Return the label of a row: the page's label for its key, else the row's own text."""
    if pair.key in names:
        return names[pair.key]
    try:
        return f"{label}: {pair.new if pair.new is not None else pair.old}"
    except ObjectDoesNotExist:
        return label  # its label refers to an object that was deleted meanwhile
