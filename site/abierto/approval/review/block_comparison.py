"""Compare StreamField bodies block by block, at every depth: added, removed, moved or changed.

Works on stored values (``ledger.hashing.canonical``): every difference of the content hash appears.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from .block_values import BlockFormatter, block_label
from .field_changes import (
    ADDED,
    MISSING,
    REMOVED,
    ChangeGroup,
    ComparedSide,
    DisplayValue,
    FieldChange,
    UnchangedValue,
    build_change,
    build_side,
    is_blank,
    is_same,
    plain_side,
    serialize_value,
)
from .prefetch import item_value, struct_fields

Parts = Iterator[FieldChange | UnchangedValue]


class BlockComparison:
    """Compares stored values block by block."""

    def __init__(self, formatter: BlockFormatter) -> None:
        self.formatter = formatter

    def compare_blocks(self, stream: Any, old: Any, new: Any, path: str) -> tuple[ChangeGroup, ...]:
        """Return the blocks of both versions in the new order, removed ones in their former place."""
        before = {block.identity: block for block in read_stored_blocks(stream, old)}
        after = {block.identity: block for block in read_stored_blocks(stream, new)}
        moved = find_moved_keys(list(before), list(after))
        groups = tuple(
            self._compare_pair(
                before[block.identity], block, _join_path(path, block.key), block.identity in moved
            )
            if block.identity in before and is_there
            else self._build_lone_block(
                block, _join_path(path, block.key) if is_there else "", ADDED if is_there else REMOVED
            )
            for block, is_there in iter_merged_order(list(before.values()), list(after.values()))
        )
        is_shown = any(not group.is_same for group in groups) or (is_blank(old) and is_blank(new))
        if not is_shown and not is_same(old, new):
            return (*groups, ChangeGroup("", changes=(self._build_raw_change(_("Otros cambios"), old, new),)))
        return groups

    def _compare_pair(self, old: StoredBlock, new: StoredBlock, path: str, moved: bool) -> ChangeGroup:
        parts = list(self._compare_children(new.block, old.stored, new.stored, path))
        changes, same = _split_changes(parts)
        return ChangeGroup(block_label(new.block), path, moved=moved, changes=changes, same=same)

    def _compare_children(self, block: Any, old: Any, new: Any, path: str) -> Parts:
        """Yield the changes within a stream block, and those of other data stored with its value."""
        if block is UnknownBlock:
            yield from self._compare_leaf(block, old, new, _("Contenido"), path)
            return
        yield from self.compare_parts(
            block, _get_child_value(old), _get_child_value(new), block_label(block), path
        )
        before, after = (
            {name: part for name, part in child.items() if name != "value"} for child in (old, new)
        )
        if not is_same(before, after):
            yield self._build_raw_change(_("Otros cambios"), before, after)

    def compare_parts(self, block: Any, old: Any, new: Any, label: str, path: str) -> Parts:
        """Yield the changed and unchanged parts of a value: the fields of a group, else the value itself."""
        if (
            isinstance(block, blocks.StructBlock)
            and _is_struct_value(block, old)
            and _is_struct_value(block, new)
        ):
            yield from self._compare_struct(block, old, new, label, path)
        elif is_same(old, new) or not isinstance(
            block, blocks.StructBlock | blocks.ListBlock | blocks.StreamBlock | TypedTableBlock
        ):
            yield from self._compare_leaf(block, old, new, label, path)
        else:
            yield self._compare_nested(block, old, new, label, path)

    def _compare_struct(self, block: blocks.StructBlock, old: Any, new: Any, label: str, path: str) -> Parts:
        before, after = struct_fields(block, old), struct_fields(block, new)
        unfilled: list[str] = []
        for name in dict.fromkeys([*block.child_blocks, *before, *after]):
            child = block.child_blocks.get(name, UnknownBlock)
            own = label if isinstance(block, ImageBlock) and name == "image" else block_label(child)
            values = before.get(name, MISSING), after.get(name, MISSING)
            if all(is_blank(value) for value in values) and not is_same(*values):
                unfilled.append(own)
            else:
                yield from self.compare_parts(
                    child, *values, own if child is not UnknownBlock else name, _join_path(path, name)
                )
        is_bare = not isinstance(old, dict) or not isinstance(new, dict)
        if unfilled or (is_bare and not is_same(old, new) and is_same(before, after)):
            text = get_text_list(unfilled, _("y")) or serialize_value(new)
            note = _("Se guardan de otra manera, sin nada escrito ni antes ni ahora.")
            side = ComparedSide(plain_side(text, "").html)
            yield FieldChange(_("Otros cambios"), "", None, side, note=note, is_minor=True)

    def _compare_leaf(self, block: Any, old: Any, new: Any, label: str, path: str) -> Parts:
        after = self.formatter.read(block, new)
        if is_same(old, new):
            if after.words:
                yield UnchangedValue(label, after.words, after.attachments)
        elif is_blank(old) and is_blank(new):
            yield self._build_raw_change(label, old, new)
        else:
            yield build_change(label, path, self.formatter.read(block, old), after)

    def _build_raw_change(self, label: str, old: Any, new: Any) -> FieldChange:
        """Return a change that shows only in the stored value."""
        before, after = (DisplayValue(serialize_value(value), value) for value in (old, new))
        return replace(build_change(label, "", before, after), is_minor=True)

    def _compare_nested(self, block: Any, old: Any, new: Any, label: str, path: str) -> FieldChange:
        """Return the change of a list, stream or table in a field, part by part."""
        if isinstance(block, blocks.StreamBlock):
            groups = self.compare_blocks(block, old, new, path)
        elif isinstance(block, blocks.ListBlock) and all(isinstance(value, list) for value in (old, new)):
            groups = tuple(self._compare_items(block.child_block, block_label(block.child_block), old, new))
        elif isinstance(block, TypedTableBlock) and all(is_table(value) for value in (old, new)):
            groups = tuple(self._compare_table(block, old, new))
        else:
            groups = ()
        if any(not group.is_same for group in groups):
            return FieldChange(label, path, None, None, blocks=groups)
        return build_change(label, path, self.formatter.read(block, old), self.formatter.read(block, new))

    def _compare_items(self, block: Any, label: str, old: list[Any], new: list[Any]) -> Iterator[ChangeGroup]:
        """Yield the items of a list; they have no lasting ids, so equal ones are taken for the same."""
        before, after = [serialize_value(value) for value in old], [serialize_value(value) for value in new]
        removed, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                continue
            left = [index for index in range(start, end) if _take(removed, before[index])]
            right = [index for index in range(first, last) if _take(added, after[index])]
            moved = [index for index in range(first, last) if index not in right]
            yield from (
                self._compare_item(block, f"{label} {index + 1}", new[index], new[index], moved=True)
                for index in moved
            )
            for index, new_index in zip(left, right, strict=False):
                yield self._compare_item(block, f"{label} {new_index + 1}", old[index], new[new_index])
            for index in left[len(right) :]:
                yield self._build_lone_item(block, f"{label} {index + 1}", old[index], REMOVED)
            for index in right[len(left) :]:
                yield self._build_lone_item(block, f"{label} {index + 1}", new[index], ADDED)

    def _compare_item(self, block: Any, title: str, old: Any, new: Any, moved: bool = False) -> ChangeGroup:
        parts = list(self.compare_parts(block, item_value(old), item_value(new), title, ""))
        changes, same = _split_changes(parts)
        if not changes and not is_same(old, new):
            changes = (self._build_raw_change(title, old, new),)
        return ChangeGroup(title, moved=moved, changes=changes, same=same)

    def _build_lone_item(self, block: Any, title: str, stored: Any, status: str) -> ChangeGroup:
        return ChangeGroup(
            title,
            status=status,
            changes=tuple(self._iter_lone_changes(block, item_value(stored), title, "", status)),
        )

    def _compare_table(
        self, block: TypedTableBlock, old: dict[str, Any], new: dict[str, Any]
    ) -> Iterator[ChangeGroup]:
        captions = old.get("caption", MISSING), new.get("caption", MISSING)
        changes, _same = _split_changes(
            list(self._compare_leaf(blocks.CharBlock(), *captions, _("Leyenda"), ""))
        )
        rest = get_other_table_data(old), get_other_table_data(new)
        if not is_same(*rest):
            changes = (*changes, self._build_raw_change(_("Otros cambios"), *rest))
        if changes:
            yield ChangeGroup("", changes=changes)
        columns = format_columns(block, old), format_columns(block, new)
        yield from self._compare_items(UnknownBlock, _("Columna"), *columns)
        yield from self._compare_items(UnknownBlock, _("Fila"), format_rows(old), format_rows(new))

    def _build_lone_block(self, block: StoredBlock, path: str, status: str) -> ChangeGroup:
        """Return a block that only one version has."""
        value = _get_child_value(block.stored) if block.block is not UnknownBlock else block.stored
        changes = tuple(self._iter_lone_changes(block.block, value, block_label(block.block), path, status))
        return ChangeGroup(block_label(block.block), path, status=status, changes=changes)

    def _iter_lone_changes(
        self, block: Any, stored: Any, label: str, path: str, status: str
    ) -> Iterator[FieldChange]:
        """Yield the content of an added or removed block, field by field."""
        if isinstance(block, blocks.StructBlock) and _is_struct_value(block, stored):
            held = struct_fields(block, stored)
            for name in dict.fromkeys([*block.child_blocks, *held]):
                child = block.child_blocks.get(name, UnknownBlock)
                own = label if isinstance(block, ImageBlock) and name == "image" else block_label(child)
                own = own if child is not UnknownBlock else name
                yield from self._iter_lone_changes(
                    child, held.get(name, MISSING), own, _join_path(path, name), status
                )
            return
        display = self.formatter.read(block, stored)
        if display.words:
            side = build_side(display)
            before, after = (side, None) if status == REMOVED else (None, side)
            yield FieldChange(label, path, before, after)


def _take(counter: Counter[str], key: str) -> bool:
    if counter[key] <= 0:
        return False
    counter[key] -= 1
    return True


def _get_child_value(child: Any) -> Any:
    return child.get("value", MISSING) if isinstance(child, dict) else MISSING


def _is_struct_value(block: Any, stored: Any) -> bool:
    return is_blank(stored) or bool(struct_fields(block, stored))


def _join_path(path: str, name: str) -> str:
    return f"{path}.{name}" if path else ""


def _split_changes(
    parts: Sequence[FieldChange | UnchangedValue],
) -> tuple[tuple[FieldChange, ...], tuple[UnchangedValue, ...]]:
    return (
        tuple(part for part in parts if isinstance(part, FieldChange)),
        tuple(part for part in parts if isinstance(part, UnchangedValue)),
    )


# --- The blocks of a stored stream, matched between two versions ---------------------------------------


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


def read_stored_blocks(stream: Any, stored: Any) -> list[StoredBlock]:
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


# --- Tables --------------------------------------------------------------------------------------------

TABLE_PARTS = frozenset({"caption", "columns", "rows"})


def is_table(stored: Any) -> bool:
    """Check that a value is stored as tables are."""
    return isinstance(stored, dict) and all(
        isinstance(stored.get(name), list) for name in ("columns", "rows")
    )


def format_columns(block: TypedTableBlock, table: Mapping[str, Any]) -> list[Any]:
    """Return the columns, each as a line of text when it is stored as columns are."""
    return [_format_column(block, column) for column in table["columns"]]


def _format_column(block: TypedTableBlock, column: Any) -> Any:
    is_known = isinstance(column, dict) and column.keys() == {"type", "heading"}
    kind = block.child_blocks.get(column["type"]) if is_known and isinstance(column["type"], str) else None
    if kind is None or not isinstance(column["heading"], str):
        return column
    return f"{column['heading']} ({block_label(kind)})"


def format_rows(table: Mapping[str, Any]) -> list[Any]:
    """Return the rows, each as a line of text when it is stored as rows are."""
    return [_format_row(row) for row in table["rows"]]


def _format_row(row: Any) -> Any:
    values = row.get("values") if isinstance(row, dict) and row.keys() == {"values"} else None
    if not isinstance(values, list) or not all(cell is None or isinstance(cell, str) for cell in values):
        return row
    cells = ["" if cell is None else cell for cell in values]
    return row if any("|" in cell for cell in cells) else " | ".join(cells)


def get_other_table_data(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data stored beside the parts of a table."""
    return {name: part for name, part in table.items() if name not in TABLE_PARTS}
