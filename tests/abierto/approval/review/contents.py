"""Contents of every type under four eyes, made by introspection, and every single change of one.

A field or block that cannot be made is an error: add its example here.
"""

from __future__ import annotations

import copy
import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock, ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from abierto.approval.ledger.hashing import NOT_CONTENT, NOT_CONTENT_OF_A_ROW, is_content
from abierto.approval.mixins import FourEyesMixin
from abierto.media.models import PortalDocument, PortalImage
from abierto.tenancy.models import Space
from tests import factories, municipal_factories
from tests.abierto.media.uploads import PDF, picture, upload

Content = dict[str, Any]
MODELS: list[Any] = [model for model in apps.get_models() if issubclass(model, FourEyesMixin)]


class Changed(NamedTuple):
    """One change of a content: what was done, and the content before and after it."""

    what: str
    base: Content
    content: Content


def document(number: int) -> PortalDocument:
    file = PortalDocument(title=f"Acta {number}", file=upload(f"acta-{number}.pdf", PDF))
    file.save()
    return file


def image(number: int) -> PortalImage:
    file = PortalImage(title=f"Foto {number}", description="Mesa", file=upload("f.png", picture()))
    file.save()
    return file


MAKERS: dict[Any, Callable[[int], Any]] = {
    Page: lambda number: factories.published(factories.StandardPageFactory(title=f"Destino {number}")),
    PortalDocument: document,
    PortalImage: image,
    Space: lambda number: Space.objects.all()[number],
    **{
        factory._meta.model: (lambda number, factory=factory: factory())
        for factory in (
            factories.InstitutionFactory,
            factories.PersonFactory,
            factories.MunicipalityFactory,
            factories.SecretariatFactory,
            municipal_factories.StepListFactory,
            municipal_factories.ListedStepFactory,
            factories.SDGTargetFactory,
            factories.UserFactory,
        )
    },
}


class Targets:
    """Two objects of each model that content may name."""

    def __init__(self) -> None:
        self._made: dict[Any, list[Any]] = {}

    def keys(self, model: Any) -> list[Any]:
        base = Page if issubclass(model, Page) else model
        if base not in self._made:
            self._made[base] = [MAKERS[base](number).pk for number in range(2)]
        return self._made[base]


RICH = (
    '<p>Mira <b>esto</b> y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p>Mira esto y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p>Mira <b>esto</b> y <a linktype="page" id="{1}">el plan</a>.</p>',
    '<p>Mira <b>esto</b> y <a href="https://example.org/">el plan</a>.</p>',
    '<p>Mira&nbsp;<b>esto</b> y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p data-block-key="x1">Mira <b>esto</b> y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p>Mira <b>esto</b> y <a linktype="page" id="{0}">el plan</a>.</p><!-- nada -->',
    '<p style="display:none">Mira <b>esto</b> y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p>Mira <b>es\u200bto</b> y <a linktype="page" id="{0}">el plan</a>.</p>',
    '<p>Otra cosa <embed embedtype="image" id="1" alt="Mesa" format="left"/></p>',
)
TEXTS = (
    "Dos palabras",
    "Otra cosa",
    "Dos\u00a0palabras",
    "Dos  palabras",
    "Dos pala\u00adbras",
    "Dos palabras ",
    "",
)


class Maker:
    """Makes values of fields and blocks: the first of each is the content, the others its changes."""

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self._turns = itertools.count()

    def others(self, values: list[Any]) -> list[Any]:
        """Return two of the values that change the first, others for each field in turn."""
        rest = values[1:]
        turn = next(self._turns)
        return [rest[(2 * turn + step) % len(rest)] for step in range(min(2, len(rest)))]

    def rich(self) -> list[str]:
        pages = self.targets.keys(Page)
        return [html.format(*pages) for html in RICH]

    def field(self, field: Any) -> list[Any]:
        if isinstance(field, StreamField):
            return [self.stream(field.stream_block)]
        if isinstance(field, RichTextField):
            return self.rich()
        if field.many_to_one or field.one_to_one:
            return [*self.targets.keys(field.related_model), *([None] if field.null else [])]
        if field.choices:
            return [value for value, _label in field.flatchoices]
        values = next((made for kind, made in FIELDS if isinstance(field, kind)), None)
        assert values is not None, f"Say in FIELDS how to make {field!r}."
        return [*values, *([None] if field.null else [])]

    def stream(self, stream: Any) -> list[Content]:
        return [
            {"type": name, "value": self.block(child)[0], "id": f"id-{name}"}
            for name, child in stream.child_blocks.items()
        ]

    def block(self, block: Any) -> list[Any]:
        if isinstance(block, ChooserBlock):
            return [*self.targets.keys(block.model_class), None, 987654]
        if isinstance(block, blocks.RichTextBlock):
            return self.rich()
        if isinstance(block, BaseChoiceBlock):
            return [value for value, _label in block.field.choices if value][:3]
        if isinstance(block, blocks.StructBlock):
            return [{name: self.block(child)[0] for name, child in block.child_blocks.items()}]
        if isinstance(block, blocks.ListBlock):
            values = self.block(block.child_block)
            return [
                [{"type": "item", "value": value, "id": f"i{n}"} for n, value in enumerate((values * 2)[:2])]
            ]
        if isinstance(block, blocks.StreamBlock):
            return [self.stream(block)]
        if isinstance(block, TypedTableBlock):
            columns = [{"type": name, "heading": f"Col {name}"} for name in block.child_blocks]
            cells = [self.block(child)[0] for child in block.child_blocks.values()]
            return [{"columns": columns, "rows": [{"values": cells}, {"values": cells}], "caption": "Tabla"}]
        values = next((made for kind, made in BLOCKS if isinstance(block, kind)), None)
        assert values is not None, f"Say in BLOCKS how to make {block!r}."
        return list(values)

    def content(self, model: Any, left_out: frozenset[str] = NOT_CONTENT) -> Content:
        """Return a content of ``model`` with something in every field, block and relation."""
        made: Content = {"pk": None}
        for field in content_fields(model, left_out):
            value = self.field(field)[0]
            made[field.name] = json.dumps(value) if isinstance(field, StreamField) else value
        for relation in get_all_child_relations(model):
            name = relation.get_accessor_name()
            if name not in left_out:
                made[name] = [self.row(relation.related_model, number) for number in range(2)]
        for field in get_all_child_m2m_relations(model):
            made[field.name] = self.targets.keys(field.related_model)[:1]
        return made

    def row(self, model: Any, number: int) -> Content:
        made = self.content(model, NOT_CONTENT_OF_A_ROW)
        keys = {field.name: str(uuid.UUID(int=number + 1)) for field in model._meta.fields if is_key(field)}
        return made | keys | {"sort_order": number, "locale": 1}


def is_key(field: models.Field) -> bool:
    return isinstance(field, models.UUIDField)


def content_fields(model: Any, left_out: frozenset[str]) -> list[Any]:
    return [field for field in model._meta.fields if is_content(field) and field.name not in left_out]


DAY, OTHER_DAY = "2024-01-02", "2024-03-04"
MOMENT, OTHER_MOMENT = "2099-01-02T10:00:00Z", "2099-03-04T10:00:00Z"
FIELDS: list[tuple[Any, tuple[Any, ...]]] = [
    (models.SlugField, ("dos-palabras", "otra")),
    (models.URLField, ("https://example.org/a", "https://example.org/b", "")),
    (models.CharField | models.TextField, TEXTS),
    (models.DateTimeField, (MOMENT, OTHER_MOMENT)),
    (models.DateField, (DAY, OTHER_DAY)),
    (models.BooleanField, (True, False)),
    (models.DecimalField, ("7.50", "8.00", "0.00", "7.5")),
    (models.IntegerField, (3, 4, 0)),
    (models.UUIDField, (str(uuid.UUID(int=7)), str(uuid.UUID(int=8)))),
]
BLOCKS: list[tuple[Any, tuple[Any, ...]]] = [
    (blocks.URLBlock, ("https://example.org/a", "https://example.org/b", "")),
    (blocks.CharBlock | blocks.TextBlock, TEXTS),
    (blocks.BooleanBlock, (True, False, None)),
    (blocks.DateBlock, (DAY, OTHER_DAY, None)),
    (blocks.IntegerBlock, (7, 8, None)),
    (blocks.DecimalBlock, ("7.50", "8", "7.5", None)),
]


# --- Changes -------------------------------------------------------------------------------------------


def changes(maker: Maker, model: Any) -> Iterator[Changed]:
    """Yield a content of ``model`` with each single thing changed."""
    base = maker.content(model)
    for what, path, before, after in _of_fields(maker, model, base, NOT_CONTENT):
        yield Changed(what, with_change(base, path, before), with_change(base, path, after))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name not in NOT_CONTENT:
            yield from _of_rows(maker, relation.related_model, base, name)
    for field in get_all_child_m2m_relations(model):
        keys = maker.targets.keys(field.related_model)
        for value in ([], keys, keys[1:]):
            yield Changed(f"{field.name}={value}", base, base | {field.name: value})


def _of_fields(maker: Maker, model: Any, content: Content, left_out: frozenset[str]) -> Iterator[Any]:
    for field in content_fields(model, left_out):
        if isinstance(field, StreamField):
            for what, before, after in of_stream(maker, field.stream_block):
                yield f"{field.name}: {what}", (field.name,), json.dumps(before), json.dumps(after)
            continue
        for value in maker.others(maker.field(field)):
            yield f"{field.name}={value!r}", (field.name,), content[field.name], value


def _of_rows(maker: Maker, model: Any, base: Content, name: str) -> Iterator[Changed]:
    rows = base[name]
    for what, path, before, after in _of_fields(maker, model, rows[0], NOT_CONTENT_OF_A_ROW):
        at = (name, 0, *path)
        yield Changed(f"{name}[0].{what}", with_change(base, at, before), with_change(base, at, after))
    swapped = [rows[1] | {"sort_order": 0}, rows[0] | {"sort_order": 1}]
    keys = {field.name: rows[0][field.name] for field in model._meta.fields if is_key(field)}
    for what, value in (
        ("one row less", rows[:1]),
        ("one row more", [*rows, maker.row(model, 2)]),
        ("rows swapped", swapped),
        ("rows with the same keys", [rows[0], rows[1] | keys]),
        ("a third with the keys of the first", [*rows, rows[1] | keys | {"sort_order": 2}]),
        ("no rows", []),
    ):
        yield Changed(f"{name}: {what}", base, base | {name: value})


Stream = list[Content]


def of_stream(maker: Maker, stream: Any) -> Iterator[tuple[str, Stream, Stream]]:
    """Yield streams of two blocks of each kind, and each single thing changed in the first."""
    blocks_of = {
        name: [{"type": name, "value": maker.block(child)[0], "id": f"{name}-{number}"} for number in (1, 2)]
        for name, child in stream.child_blocks.items()
    }
    names = list(blocks_of)
    for place, (name, (first, second)) in enumerate(blocks_of.items()):
        for what, value in of_value(maker, stream.child_blocks[name], first["value"]):
            yield f"{name}{what}", [first, second], [first | {"value": value}, second]
        for kind in {names[(place + step) % len(names)] for step in (1, 5)} - {name}:
            changed = first | {"type": kind, "value": blocks_of[kind][0]["value"]}
            yield f"{name} becomes {kind}", [first, second], [changed, second]
        for what, value in [*_of_block(first, second)][place % 3 :: 3]:
            yield f"{name}: {what}", [first, second], value


def _of_block(first: Content, second: Content) -> Iterator[tuple[str, Stream]]:
    """Yield what may happen to a block whatever it holds."""
    yield "id", [first | {"id": "otro"}, second]
    yield "no id", [{key: value for key, value in first.items() if key != "id"}, second]
    yield (
        "no value",
        [{key: value for key, value in first.items() if key != "value"} | {"value": None}, second],
    )
    yield "unknown kind", [first | {"type": "desconocido"}, second]
    yield "key beside", [first | {"oculto": "sí"}, second]
    yield "twice", [first, second, first]
    yield "goes", [second]
    yield "moves", [second, first]
    yield "under the same id", [first, second | {"id": first["id"]}]
    yield "nothing", []


def of_value(maker: Maker, block: Any, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield a stored value with each single thing changed, at every depth."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            for what, inner in of_value(maker, child, value[name]):
                yield f".{name}{what}", value | {name: inner}
            yield f" without {name}", {key: part for key, part in value.items() if key != name}
        yield " with more", value | {"oculto": "sí"}
        yield ": no group", "texto"
        if isinstance(block, ImageBlock):
            yield ": bare key", value["image"]
    elif isinstance(block, blocks.ListBlock):
        for what, inner in of_value(maker, block.child_block, value[0]["value"]):
            yield f"[0]{what}", [value[0] | {"value": inner}, *value[1:]]
        yield " turned", value[::-1]
        yield " longer", [*value, value[0]]
        yield " shorter", value[:1]
        yield " bare", [value[0]["value"], *value[1:]]
        yield " other ids", [one | {"id": "nuevo"} for one in value]
    elif isinstance(block, blocks.StreamBlock):
        yield from ((what, after) for what, _before, after in of_stream(maker, block))
    elif isinstance(block, TypedTableBlock):
        yield from _of_table(maker, block, value)
    else:
        yield from ((f"={other!r}", other) for other in maker.others(maker.block(block)))


def _of_table(maker: Maker, block: TypedTableBlock, value: Content) -> Iterator[tuple[str, Any]]:
    cells = value["rows"][0]["values"]
    for place, child in enumerate(block.child_blocks.values()):
        for what, cell in of_value(maker, child, cells[place]):
            row = {"values": [*cells[:place], cell, *cells[place + 1 :]]}
            yield f" cell {place}{what}", value | {"rows": [row, *value["rows"][1:]]}
    yield " caption", value | {"caption": "Otra"}
    yield " heading", with_change(value, ("columns", 0, "heading"), "Otra")
    yield " fewer rows", value | {"rows": value["rows"][:1]}
    yield " more", value | {"oculto": "sí"}


def with_change(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of ``content`` with one place changed."""
    changed = copy.deepcopy(content)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed
