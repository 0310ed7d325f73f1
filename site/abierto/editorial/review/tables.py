"""Stored tables: their parts as lists that can be compared item by item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .block_words import label_of

TABLE_PARTS = frozenset({"caption", "columns", "rows"})


def is_table(stored: Any) -> bool:
    """Check that a value is stored as tables are."""
    return isinstance(stored, dict) and all(
        isinstance(stored.get(name), list) for name in ("columns", "rows")
    )


def columns_of(block: TypedTableBlock, table: Mapping[str, Any]) -> list[Any]:
    """Return the columns, each as a line of text when it is stored as columns are."""
    return [_column(block, column) for column in table["columns"]]


def _column(block: TypedTableBlock, column: Any) -> Any:
    is_known = isinstance(column, dict) and column.keys() == {"type", "heading"}
    kind = block.child_blocks.get(column["type"]) if is_known and isinstance(column["type"], str) else None
    if kind is None or not isinstance(column["heading"], str):
        return column
    return f"{column['heading']} ({label_of(kind)})"


def rows_of(table: Mapping[str, Any]) -> list[Any]:
    """Return the rows, each as a line of text when it is stored as rows are."""
    return [_row(row) for row in table["rows"]]


def _row(row: Any) -> Any:
    values = row.get("values") if isinstance(row, dict) and row.keys() == {"values"} else None
    if not isinstance(values, list) or not all(one is None or isinstance(one, str) for one in values):
        return row
    cells = ["" if one is None else one for one in values]
    return row if any("|" in one for one in cells) else " | ".join(cells)


def rest_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored beside the parts of a table."""
    return {name: one for name, one in table.items() if name not in TABLE_PARTS}
