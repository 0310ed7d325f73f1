"""Read raw JSON values of blocks: find their references, and make malformed values readable.

Raw JSON is read instead of block values because block values no longer have malformed keys.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

Label = Any  # words of the interface, translated when they are printed

#: Exceptions of a field block that reads a value of another type.
UNREADABLE = (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, ValidationError)

TEXT_BLOCKS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.ChoiceBlock,
    blocks.RichTextBlock,
    blocks.RawHTMLBlock,
)


@dataclass(frozen=True, slots=True)
class StoredReference:
    """One stored reference; ``key`` is the raw value, valid or not."""

    model: type[Model]
    key: Any
    labels: tuple[Label, ...]

    @property
    def pk(self) -> Any | None:
        """The key that the database would find, None for a malformed one."""
        return stored_key(self.key, self.model)


def stored_key(value: Any, model: type[Model]) -> Any | None:
    """Return ``value`` as a primary key of ``model``; None unless it is of the column's type and size."""
    field = model._meta.pk
    while field.remote_field is not None:
        field = field.remote_field.model._meta.pk
    limits = BaseDatabaseOperations.integer_field_ranges.get(field.get_internal_type())
    if limits is not None:
        is_key = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= limits[1]
    else:
        is_key = isinstance(value, str) and value.isprintable() and 0 < len(value) <= (field.max_length or 40)
    return value if is_key else None


def typed_key(text: Any, model: type[Model]) -> int | None:
    """Return ``text`` from a form or a rich-text attribute as a key; None unless it is plain digits."""
    if not isinstance(text, str) or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    number = int(text)
    return stored_key(number, model) if str(number) == text else None


# --- Finding -------------------------------------------------------------------------------------------


def references_in(block: blocks.Block, raw: Any, labels: tuple[Label, ...] = ()) -> Iterator[StoredReference]:
    """Yield every reference in the raw value of ``block``, malformed ones included."""
    if isinstance(block, ChooserBlock):
        if raw is not None:
            yield StoredReference(block.model_class, raw, labels)
    elif isinstance(block, blocks.RichTextBlock):
        yield from references_in_html(raw, labels)
    elif isinstance(block, ImageBlock):
        image = raw.get("image") if isinstance(raw, dict) else raw
        yield from references_in(block.child_blocks["image"], image, labels)
    else:
        for child, value in _children(block, raw):
            yield from references_in(child, value, _with_label(labels, child))


def references_in_html(html: Any, labels: tuple[Label, ...] = ()) -> Iterator[StoredReference]:
    """Yield the pages, documents and images that rich text names, found as Wagtail finds them."""
    if not isinstance(html, str):
        return
    models = {"page": Page, "document": get_document_model()}
    for tag in FIND_A_TAG.findall(html):
        attrs = extract_attrs(tag)
        if attrs.get("linktype") in models:
            yield _from_attrs(models[attrs["linktype"]], attrs, labels)
    for tag in FIND_EMBED_TAG.findall(html):
        attrs = extract_attrs(tag)
        if attrs.get("embedtype") == "image":
            yield _from_attrs(get_image_model(), attrs, labels)


def _from_attrs(model: type[Model], attrs: dict[str, str], labels: tuple[Label, ...]) -> StoredReference:
    text = attrs.get("id", "")
    key = typed_key(text, model)
    return StoredReference(model, text if key is None else key, labels)


def _with_label(labels: tuple[Label, ...], block: blocks.Block) -> tuple[Label, ...]:
    label = block.label
    return (*labels, label) if label and (not labels or str(labels[-1]) != str(label)) else labels


def _children(block: blocks.Block, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """Yield the child blocks of a container with their raw values; nothing for a malformed value."""
    if isinstance(block, blocks.StreamBlock):
        known = (item for item in _items(raw) if _is_child_of(block, item))
        yield from ((block.child_blocks[item["type"]], item["value"]) for item in known)
    elif isinstance(block, blocks.ListBlock):
        values = (item["value"] if _is_list_item(item) else item for item in _items(raw))
        yield from ((block.child_block, value) for value in values)
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        yield from ((child, raw[name]) for name, child in block.child_blocks.items() if name in raw)
    elif isinstance(block, TypedTableBlock):
        yield from _cells(block, raw)


def _cells(block: TypedTableBlock, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    table = readable_table(block, raw, lambda _child, value: value)
    for row in table["rows"]:
        for column, value in zip(table["columns"], row["values"], strict=True):
            yield block.child_blocks[column["type"]], value


def unreadable_parts(block: blocks.Block, raw: Any) -> int:
    """Count the parts of a raw value that are not valid blocks of their stream or list."""
    count = 0
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and raw and not isinstance(raw, list):
        return 1
    if isinstance(block, blocks.StreamBlock):
        count = sum(not _is_child_of(block, item) for item in _items(raw))
    return count + sum(unreadable_parts(child, value) for child, value in _children(block, raw))


# --- Reading -------------------------------------------------------------------------------------------


def readable(block: blocks.Block, raw: Any) -> Any:
    """Return a copy of ``raw`` that ``block`` can read: invalid parts are left out or empty."""
    if isinstance(block, ChooserBlock):
        return stored_key(raw, block.model_class)
    if isinstance(block, blocks.StreamBlock):
        return [
            {**item, "value": readable(block.child_blocks[item["type"]], item["value"])}
            for item in _items(raw)
            if _is_child_of(block, item)
        ]
    if isinstance(block, blocks.ListBlock):
        return [_readable_item(block.child_block, item) for item in _items(raw)]
    if isinstance(block, ImageBlock) and isinstance(raw, int):
        return stored_key(raw, get_image_model())
    if isinstance(block, blocks.StructBlock):
        values = raw if isinstance(raw, dict) else {}
        return {
            name: readable(child, values[name])
            for name, child in block.child_blocks.items()
            if name in values
        }
    if isinstance(block, TypedTableBlock):
        return readable_table(block, raw, readable)
    return _readable_leaf(block, raw)


def _readable_leaf(block: blocks.Block, raw: Any) -> Any:
    if isinstance(block, TEXT_BLOCKS):
        return raw if isinstance(raw, str) or raw is None else ""
    if isinstance(block, blocks.BooleanBlock):
        return raw if isinstance(raw, bool) or raw is None else False
    try:
        block.to_python(raw)
    except UNREADABLE:
        return None
    return None if isinstance(raw, list | dict) else raw


def readable_table(
    block: TypedTableBlock, raw: Any, read: Callable[[blocks.Block, Any], Any]
) -> dict[str, Any]:
    """Return the table with only its known columns, and a value for each of them in every row."""
    table = raw if isinstance(raw, dict) else {}
    columns = {
        index: {**column, "heading": _text(column.get("heading"))}
        for index, column in enumerate(_items(table.get("columns")))
        if isinstance(column, dict) and _is_name_in(block.child_blocks, column.get("type"))
    }
    rows = [_items(row.get("values")) for row in _items(table.get("rows")) if isinstance(row, dict)]
    return {
        "columns": list(columns.values()),
        "rows": [
            {
                "values": [
                    read(block.child_blocks[column["type"]], row[index] if index < len(row) else None)
                    for index, column in columns.items()
                ]
            }
            for row in rows
        ],
        "caption": _text(table.get("caption")),
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _items(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _is_child_of(block: blocks.StreamBlock, item: Any) -> bool:
    return isinstance(item, dict) and "value" in item and _is_name_in(block.child_blocks, item.get("type"))


def _is_name_in(names: dict[str, blocks.Block], name: Any) -> bool:
    return isinstance(name, str) and name in names


def _is_list_item(item: Any) -> bool:
    return isinstance(item, dict) and item.keys() >= {"id", "value"} and item.get("type") == "item"


def _readable_item(block: blocks.Block, item: Any) -> Any:
    if _is_list_item(item):
        return {**item, "value": readable(block, item["value"])}
    return readable(block, item)
