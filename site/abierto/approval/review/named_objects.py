"""The objects that stored content names: foreign keys, choosers at every depth, links in rich text."""

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

from .rich_text import references_in

Content = Mapping[str, Any]
"""The content of an object as ``ledger.hashing.canonical`` returns it."""


class Named(NamedTuple):
    """An object that content names; ``is_link`` when only words lead to it."""

    model: type[models.Model]
    key: Any
    is_link: bool = False


def named_by(model: type[models.Model], content: Content) -> Iterator[Named]:
    """Yield what ``content`` of ``model`` names, with its inline rows."""
    for field in model._meta.fields:
        if field.name in content:
            yield from _named_by_field(field, content[field.name])
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            yield from named_by(relation.related_model, row)
    for field in get_all_child_m2m_relations(model):
        for key in content.get(field.name, ()):
            yield Named(base_of(field.related_model), key)


def _named_by_field(field: models.Field, value: Any) -> Iterator[Named]:
    if isinstance(field, StreamField):
        yield from named_by_block(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from _named_by_rich_text(value)
    elif (field.many_to_one or field.one_to_one) and value is not None:
        yield Named(base_of(field.related_model), value)


def named_by_block(block: Any, value: Any) -> Iterator[Named]:
    """Yield what the stored ``value`` of a block names; what is stored in no known form names nothing."""
    if isinstance(block, ChooserBlock):
        if value is not None:
            yield Named(base_of(block.model_class), value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _named_by_rich_text(value)
    elif isinstance(block, TypedTableBlock):
        yield from _named_by_table(block, value)
    else:
        for child, inner in children_of(block, value):
            yield from named_by_block(child, inner)


def children_of(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the inner blocks of a stored value with what each of them holds."""
    if isinstance(block, blocks.StructBlock):
        inner = struct_of(block, value)
        yield from ((child, inner.get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        yield from ((block.child_block, item_of(item)) for item in value)
    elif isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        for one in value:
            kind = one.get("type") if isinstance(one, dict) else None
            if isinstance(kind, str) and kind in block.child_blocks:
                yield block.child_blocks[kind], one.get("value")


def struct_of(block: blocks.StructBlock, value: Any) -> dict[str, Any]:
    """Return the fields of a stored group; an image was once stored as its key alone."""
    if isinstance(block, ImageBlock) and isinstance(value, int) and not isinstance(value, bool):
        return {"image": value}
    return value if isinstance(value, dict) else {}


def item_of(item: Any) -> Any:
    """Return what an item of a list holds; before items had ids it was stored bare."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _named_by_table(block: TypedTableBlock, value: Any) -> Iterator[Named]:
    table = value if isinstance(value, dict) else {}
    kinds = [column.get("type") for column in table.get("columns") or () if isinstance(column, dict)]
    for row in table.get("rows") or ():
        cells = row.get("values") or () if isinstance(row, dict) else ()
        for kind, cell in zip(kinds, cells, strict=False):
            if kind in block.child_blocks:
                yield from named_by_block(block.child_blocks[kind], cell)


def _named_by_rich_text(html: Any) -> Iterator[Named]:
    if not isinstance(html, str):
        return
    for kind, key in references_in(html):
        yield Named(model_of(kind), key, is_link=kind != "image")


def model_of(kind: str) -> type[models.Model]:
    """Return the model that rich text calls "page", "document" or "image"."""
    if kind == "page":
        return Page
    return get_document_model() if kind == "document" else get_image_model()


def base_of(model: Any) -> type[models.Model]:
    """Return the model under which an object is read: a page is a page, whatever its type."""
    return Page if issubclass(model, Page) else model
