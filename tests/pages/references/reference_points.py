"""Every place of content that refers to an object, found by introspection."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from abierto.approval.mixins import FourEyesMixin
from abierto.approval.references.extraction import is_reference_field

Make = Callable[[Any], Any]

#: Invalid values that a browser or a script may submit as a key.
MALFORMED: tuple[Any, ...] = (
    "abc", "", 1.5, 10**30, -1, 0, True, "\x00", "1;drop", " 1", "1 ", "+1", "1e3", "１", "1_0", "01", "1.0",
    [], [1], {"id": 1}, [[1]], {},
)  # fmt: skip
NAMES_NOTHING = 987_654_321


@dataclass(frozen=True)
class ReferencePoint:
    """A place of a reference: the model, its field, the target model, and the format of the stored value."""

    model: type[models.Model]
    field: str
    target: type[models.Model]
    make: Make
    path: str
    in_text: bool = False

    def stored(self, key: Any) -> dict[str, Any]:
        """Return the content of an object that refers to ``key`` there."""
        return {self.field: self.make(key)}

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.field}{self.path}"


def list_content_models() -> list[type[models.Model]]:
    """Return every page type and row under four eyes."""
    return [model for model in apps.get_models() if issubclass(model, FourEyesMixin)]


def list_points() -> list[ReferencePoint]:
    """Return every reference point of every model."""
    return [point for model in list_content_models() for point in iter_points(model)]


def iter_points(model: type[models.Model]) -> Iterator[ReferencePoint]:
    """Yield the reference points of one model, with those of its inline rows."""
    for field in model._meta.fields:
        if is_reference_field(field):
            yield from iter_field_points(model, field)
    for field in get_all_child_m2m_relations(model):
        yield ReferencePoint(model, field.name, field.related_model, lambda key: [key], "")
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name == "wagtail_admin_comments":
            continue
        for inner in iter_points(relation.related_model):
            make = _in_row(inner)
            yield ReferencePoint(
                model, name, inner.target, make, f".{inner.field}{inner.path}", inner.in_text
            )


def _in_row(inner: ReferencePoint) -> Make:
    return lambda key: [inner.stored(key)]


def iter_field_points(model: type[models.Model], field: Any) -> Iterator[ReferencePoint]:
    """Yield the reference points of one field."""
    if isinstance(field, StreamField):
        for target, make, path, in_text in iter_block_points(field.stream_block):
            yield ReferencePoint(model, field.name, target, _as_json(make), path, in_text)
    elif isinstance(field, RichTextField):
        for target, make in list_text_points():
            yield ReferencePoint(model, field.name, target, make, f":{target.__name__}", in_text=True)
    else:
        yield ReferencePoint(model, field.name, field.related_model, lambda key: key, "")


def _as_json(make: Make) -> Make:
    return lambda key: json.dumps(make(key))


def list_text_points() -> list[tuple[type[models.Model], Make]]:
    """Return the rich text links to a page, a document and an image."""
    return [
        (Page, lambda key: f'<p><a linktype="page" id="{key}">clic</a></p>'),
        (get_document_model(), lambda key: f'<p><a id="{key}" linktype="document">acta</a></p>'),
        (get_image_model(), lambda key: f'<embed embedtype="image" format="left" id="{key}" alt="x"/>'),
    ]


def iter_block_points(block: blocks.Block) -> Iterator[tuple[type[models.Model], Make, str, bool]]:
    """Yield the target models of a block, the raw values for a key, and their paths."""
    if isinstance(block, ChooserBlock):
        yield block.model_class, lambda key: key, "", False
    elif isinstance(block, blocks.RichTextBlock):
        for target, make in list_text_points():
            yield target, make, f":{target.__name__}", True
    else:
        for name, child, wrap in iter_children(block):
            for target, make, path, in_text in iter_block_points(child):
                yield target, _inside(wrap, make), f".{name}{path}", in_text


def _inside(wrap: Make, make: Make) -> Make:
    return lambda key: wrap(make(key))


def iter_children(block: blocks.Block) -> Iterator[tuple[str, blocks.Block, Make]]:
    """Yield the children of a container, with the format in which it stores them."""
    if isinstance(block, blocks.ListBlock):
        yield "item", block.child_block, lambda raw: [{"type": "item", "id": "a", "value": raw}]
    elif isinstance(block, TypedTableBlock):
        for name, child in block.child_blocks.items():
            yield name, child, _as_cell(name)
    elif isinstance(block, blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield name, child, _as_child(name)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield name, child, _as_value(name)


def _as_cell(name: str) -> Make:
    column = {"type": name, "heading": "Columna"}
    return lambda raw: {"columns": [column], "rows": [{"values": [raw]}], "caption": "Tabla"}


def _as_child(name: str) -> Make:
    return lambda raw: [{"type": name, "id": "00000000-0000-0000-0000-000000000001", "value": raw}]


def _as_value(name: str) -> Make:
    return lambda raw: {name: raw}
