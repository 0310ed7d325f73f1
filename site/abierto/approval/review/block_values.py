"""Display text of one stored field of a block."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock, ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .attachments import Attachment, build_attachment
from .field_changes import DisplayValue, is_blank, serialize_value
from .formatting import format_value
from .invisible_characters import name_invisible
from .prefetch import NamedObjects, iter_children
from .rich_text import formats_in, formatted_text, plain_text

#: Blocks whose stored text a Python value writes better: dates, times and numbers.
TYPED_BLOCKS = (
    blocks.DateBlock, blocks.DateTimeBlock, blocks.TimeBlock,
    blocks.DecimalBlock, blocks.FloatBlock, blocks.IntegerBlock,
)  # fmt: skip


class BlockFormatter:
    """Format stored block values as text.

    ``names`` maps keys to labels; ``objects`` describes the targets of choosers and links.
    """

    def __init__(self, names: Mapping[str, str], objects: NamedObjects) -> None:
        self.names, self.objects = names, objects

    def read(self, block: Any, stored: Any) -> DisplayValue:
        """Return the display value of a block field; of a block with many fields, all their text."""
        if is_blank(stored):
            return DisplayValue("", stored)
        if isinstance(block, blocks.RichTextBlock) and isinstance(stored, str):
            return self.read_rich_text(stored)
        return DisplayValue(
            self.format_text(block, stored), stored, attachments=self.attachments(block, stored)
        )

    def read_rich_text(self, html: str) -> DisplayValue:
        """Return the display value of rich text."""
        describe = self.objects.describe_reference
        words, formatted = plain_text(html, describe), formatted_text(html, describe)
        return DisplayValue(words, html, formatted, formats_in(html))

    def format_text(self, block: Any, stored: Any) -> str:
        """Return the text of a value at any depth."""
        if is_blank(stored):
            return ""
        if isinstance(block, blocks.FieldBlock):
            return self._format_field(block, stored)
        if isinstance(block, TypedTableBlock):
            return format_table(stored)
        if isinstance(block, blocks.StructBlock | blocks.ListBlock | blocks.StreamBlock):
            return "\n".join(self._iter_inner_texts(block, stored)) or serialize_value(stored)
        return name_invisible(stored if isinstance(stored, str) else serialize_value(stored))

    def _iter_inner_texts(self, block: Any, stored: Any) -> Iterator[str]:
        for child, inner in iter_children(block, stored):
            words = self.format_text(child, inner)
            if words:
                yield f"{block_label(child)}: {words}" if isinstance(block, blocks.StructBlock) else words

    def _format_field(self, block: Any, stored: Any) -> str:
        if isinstance(block, ChooserBlock):
            return self.objects.describe(block.model_class, stored)
        if isinstance(stored, bool):
            return format_value(stored)
        if isinstance(block, blocks.RichTextBlock) and isinstance(stored, str):
            return plain_text(stored, self.objects.describe_reference)
        if isinstance(block, BaseChoiceBlock):
            many = stored if isinstance(stored, list) else [stored]
            return ", ".join(choice_label(block, choice) for choice in many)
        if isinstance(block, TYPED_BLOCKS):
            return _format_native(block, stored)
        return name_invisible(
            self.names.get(stored, stored) if isinstance(stored, str) else serialize_value(stored)
        )

    def attachments(self, block: Any, stored: Any) -> tuple[Attachment, ...]:
        """Return the attachments of a field."""
        if isinstance(block, ChooserBlock):
            found = self.objects.attachment(block.model_class, stored)
        elif isinstance(block, blocks.FieldBlock):
            found = build_attachment(stored)
        else:
            inner = (self.attachments(child, value) for child, value in iter_children(block, stored))
            return tuple(attachment for many in inner for attachment in many)
        return (found,) if found else ()


def block_label(block: Any) -> str:
    """Return the label of this kind of block."""
    return str(capfirst(block.label))


def choice_label(block: Any, stored: Any) -> str:
    """Return the label of a choice; the stored value if the choice no longer exists."""
    for value, label in block.field.choices:
        if isinstance(label, list | tuple):
            for inner, inner_label in label:
                if inner == stored:
                    return str(inner_label)
        elif value == stored:
            return str(label)
    return name_invisible(str(stored))


def _format_native(block: Any, stored: Any) -> str:
    try:
        value = block.to_python(stored)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        value = None
    if isinstance(value, str):
        value = _parse_number(value)
    if isinstance(value, datetime.date | Decimal | int):
        return format_value(value)
    return name_invisible(str(stored))


def _parse_number(text: str) -> Any:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def format_table(stored: Any) -> str:
    """Return a stored table as lines of text."""
    if not isinstance(stored, dict):
        return name_invisible(serialize_value(stored))
    heads = [
        str(column.get("heading") or "") for column in stored.get("columns") or () if isinstance(column, dict)
    ]
    rows = [row.get("values") or () for row in stored.get("rows") or () if isinstance(row, dict)]
    lines = [str(stored.get("caption") or ""), " | ".join(heads)]
    lines += [" | ".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return name_invisible("\n".join(line for line in lines if line))
