"""The objects that stored content references: foreign keys, choosers, links in rich text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from .rich_text import iter_rich_text_references

Content = Mapping[str, Any]
"""The content of an object as ``ledger.hashing.canonical`` returns it."""


class NamedObject(NamedTuple):
    """An object that content refers to; ``is_link`` when only a text link leads to it."""

    model: type[models.Model]
    key: Any
    is_link: bool = False


def iter_named_objects(model: type[models.Model], content: Content) -> Iterator[NamedObject]:
    """Yield the objects that ``content`` of ``model`` and its inline rows refer to."""
    for field in model._meta.fields:
        if field.name in content:
            yield from _iter_field_objects(field, content[field.name])
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            yield from iter_named_objects(relation.related_model, row)
    for field in get_all_child_m2m_relations(model):
        for key in content.get(field.name, ()):
            yield NamedObject(base_model(field.related_model), key)


def _iter_field_objects(field: models.Field, value: Any) -> Iterator[NamedObject]:
    if isinstance(field, StreamField):
        yield from iter_block_objects(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from _iter_rich_text_objects(value)
    elif (field.many_to_one or field.one_to_one) and value is not None:
        yield NamedObject(base_model(field.related_model), value)


def iter_block_objects(block: Any, value: Any) -> Iterator[NamedObject]:
    """Yield the objects that the stored ``value`` of a block refers to; none for an unknown format."""
    if isinstance(block, ChooserBlock):
        if value is not None:
            yield NamedObject(base_model(block.model_class), value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _iter_rich_text_objects(value)
    elif isinstance(block, TypedTableBlock):
        yield from _iter_table_objects(block, value)
    else:
        for child, inner in iter_children(block, value):
            yield from iter_block_objects(child, inner)


def iter_children(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the child blocks of a stored value with their values."""
    if isinstance(block, blocks.StructBlock):
        inner = struct_fields(block, value)
        yield from ((child, inner.get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        yield from ((block.child_block, item_value(item)) for item in value)
    elif isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        for child in value:
            kind = child.get("type") if isinstance(child, dict) else None
            if isinstance(kind, str) and kind in block.child_blocks:
                yield block.child_blocks[kind], child.get("value")


def struct_fields(block: blocks.StructBlock, value: Any) -> dict[str, Any]:
    """Return the fields of a stored struct; an image was once stored as its key alone."""
    if isinstance(block, ImageBlock) and isinstance(value, int) and not isinstance(value, bool):
        return {"image": value}
    return value if isinstance(value, dict) else {}


def item_value(item: Any) -> Any:
    """Return the value of a list item; items without an id are stored bare."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _iter_table_objects(block: TypedTableBlock, value: Any) -> Iterator[NamedObject]:
    table = value if isinstance(value, dict) else {}
    kinds = [column.get("type") for column in table.get("columns") or () if isinstance(column, dict)]
    for row in table.get("rows") or ():
        cells = row.get("values") or () if isinstance(row, dict) else ()
        for kind, cell in zip(kinds, cells, strict=False):
            if kind in block.child_blocks:
                yield from iter_block_objects(block.child_blocks[kind], cell)


def _iter_rich_text_objects(html: Any) -> Iterator[NamedObject]:
    if not isinstance(html, str):
        return
    for kind, key in iter_rich_text_references(html):
        yield NamedObject(rich_text_model(kind), key, is_link=kind != "image")


def rich_text_model(kind: str) -> type[models.Model]:
    """Return the model that rich text calls "page", "document" or "image"."""
    if kind == "page":
        return Page
    return get_document_model() if kind == "document" else get_image_model()


def base_model(model: Any) -> type[models.Model]:
    """Return the model under which an object is read: a page is a page, whatever its type."""
    return Page if issubclass(model, Page) else model
