"""The errors that the blocks of a stream raise, one by one, with the labels that lead to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock

Message = tuple[list[str], str]


def messages_of(error: ValidationError, block: Block, value: Any) -> Iterator[Message]:
    """Yield each message of ``error`` with the labels of the blocks around it, the outermost first."""
    whole = getattr(error, "non_block_errors", None)
    if whole is None:
        yield from (([], message) for message in error.messages)
        return
    for one in whole.as_data():
        yield from (([], message) for message in one.messages)
    for key, child_error in (getattr(error, "block_errors", None) or {}).items():
        label, child, child_value = child_of(block, value, key)
        for labels, message in messages_of(child_error, child, child_value):
            yield [label, *labels], message
    for number, columns in (getattr(error, "cell_errors", None) or {}).items():
        for column, cell_error in columns.items():
            heading = value.columns[column]["heading"] or str(column + 1)
            yield from (([heading, str(number + 1)], message) for message in cell_error.messages)


def child_of(block: Block, value: Any, key: Any) -> tuple[str, Block, Any]:
    """Return the label, the block and the value of a part of ``block``."""
    if isinstance(block, BaseStreamBlock):
        return f"{value[key].block.label} {key + 1}", value[key].block, value[key].value
    if isinstance(block, ListBlock):
        return str(key + 1), block.child_block, value[key]
    if isinstance(block, BaseStructBlock):
        # The value of an image block is its image: its parts have no values of their own.
        part = value.get(key) if isinstance(value, Mapping) else None
        return str(block.child_blocks[key].label), block.child_blocks[key], part
    raise TypeError(f"{type(block).__name__} has no parts.")
