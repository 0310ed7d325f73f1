"""The blocks of a stored stream, matched between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .block_values import block_label
from .display_values import is_blank


@dataclass(frozen=True)
class StoredBlock:
    """One block of a stored stream. ``identity`` is the same in both versions only for the same kind."""

    identity: str
    key: str
    block: Any
    stored: Any


class UnknownBlock:
    """A placeholder for a block of an unknown type, or for data that is no block."""

    label = "?"


def stored_blocks(stream: Any, stored: Any) -> list[StoredBlock]:
    """Return the blocks of a stored stream; without an id a block is known by its place."""
    found: dict[str, StoredBlock] = {}
    for number, child in enumerate(
        stored if isinstance(stored, list) else [] if is_blank(stored) else [stored]
    ):
        kind = child.get("type") if isinstance(child, dict) else None
        known = stream.child_blocks.get(kind) if isinstance(kind, str) else None
        key = str(child.get("id") or number) if isinstance(child, dict) else str(number)
        identity = f"{key}:{kind}"
        while identity in found:
            identity += "+"
        found[identity] = StoredBlock(identity, key, known or UnknownBlock, child)
    return list(found.values())


def find_moved_keys(old: list[str], new: list[str]) -> set[str]:
    """Return the smallest set of common keys whose order changed."""
    common_old = [key for key in old if key in set(new)]
    common_new = [key for key in new if key in set(old)]
    matcher = SequenceMatcher(None, common_old, common_new, autojunk=False)
    still = {
        key for block in matcher.get_matching_blocks() for key in common_old[block.a : block.a + block.size]
    }
    return set(common_old) - still


def iter_merged_order(
    old: Sequence[StoredBlock], new: Sequence[StoredBlock]
) -> Iterator[tuple[StoredBlock, bool]]:
    """Yield the blocks of ``new``, with the removed blocks in their former positions."""
    remaining = {block.identity for block in new}
    removed_after: dict[str, list[StoredBlock]] = {}
    last = ""
    for block in old:
        if block.identity in remaining:
            last = block.identity
        else:
            removed_after.setdefault(last, []).append(block)
    yield from ((removed, False) for removed in removed_after.get("", []))
    for block in new:
        yield block, True
        yield from ((removed, False) for removed in removed_after.get(block.identity, []))


TABLE_PARTS = frozenset({"caption", "columns", "rows"})


def is_table(stored: Any) -> bool:
    """Check that a value is stored as tables are."""
    return isinstance(stored, dict) and all(
        isinstance(stored.get(name), list) for name in ("columns", "rows")
    )


def format_columns(block: TypedTableBlock, table: Mapping[str, Any]) -> list[Any]:
    """Return the columns, each as a line of text when it is stored as columns are."""
    return [_column(block, column) for column in table["columns"]]


def _column(block: TypedTableBlock, column: Any) -> Any:
    is_known = isinstance(column, dict) and column.keys() == {"type", "heading"}
    kind = block.child_blocks.get(column["type"]) if is_known and isinstance(column["type"], str) else None
    if kind is None or not isinstance(column["heading"], str):
        return column
    return f"{column['heading']} ({block_label(kind)})"


def format_rows(table: Mapping[str, Any]) -> list[Any]:
    """Return the rows, each as a line of text when it is stored as rows are."""
    return [_row(row) for row in table["rows"]]


def _row(row: Any) -> Any:
    values = row.get("values") if isinstance(row, dict) and row.keys() == {"values"} else None
    if not isinstance(values, list) or not all(cell is None or isinstance(cell, str) for cell in values):
        return row
    cells = ["" if cell is None else cell for cell in values]
    return row if any("|" in cell for cell in cells) else " | ".join(cells)


def other_table_data(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data stored beside the parts of a table."""
    return {name: part for name, part in table.items() if name not in TABLE_PARTS}
