"""What two versions point at, read at once: the queries do not grow with the rows that they list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import DraftStateMixin, Page

from .evidence import with_pictures


@dataclass(frozen=True)
class Block:
    """One block of a stream: its key, its kind and its value."""

    key: str
    block: Any
    value: Any


class Gathered:
    """The related objects and the blocks of many objects of the same fields."""

    def __init__(self) -> None:
        self._related: dict[type[models.Model], dict[Any, Any]] = defaultdict(dict)
        self._streams: dict[tuple[int, str], list[Block]] = {}

    def read(self, objects: Iterable[models.Model], fields: Iterable[models.Field]) -> None:
        """Read what ``objects`` point at in ``fields``."""
        many = list(objects)
        for field in fields:
            if isinstance(field, StreamField):
                self._read_streams(many, field)
            elif field.many_to_one or field.one_to_one:
                self._read_related(many, field)

    def related(self, field: models.Field, subject: models.Model) -> Any:
        """Return what a foreign key points at; None when it is gone or there was none."""
        return self._related[field.related_model].get(field.value_from_object(subject))  # type: ignore[index]

    def stream(self, field: models.Field, subject: models.Model) -> list[Block]:
        """Return the blocks of a stream."""
        return self._streams[id(subject), field.name]

    def unseen(self, subject: models.Model, fields: Iterable[models.Field]) -> Iterator[Any]:
        """Yield the rows that ``subject`` points at and that are drafts or were taken down."""
        for field in fields:
            found = self.related(field, subject) if field.many_to_one or field.one_to_one else None
            if isinstance(found, DraftStateMixin) and not isinstance(found, Page) and not found.live:
                yield found

    def _read_related(self, objects: list[models.Model], field: models.Field) -> None:
        model: Any = field.related_model
        wanted = {field.value_from_object(one) for one in objects} - {None}
        found = self._related[model]
        found.update(model._base_manager.in_bulk(wanted - found.keys()))
        for one in objects:
            # A row is often called by what it points at.
            if field.value_from_object(one) in found:
                field.set_cached_value(one, found[field.value_from_object(one)])  # type: ignore[attr-defined]

    def _read_streams(self, objects: list[models.Model], field: StreamField) -> None:
        raw = {(id(one), field.name): list(field.value_from_object(one).raw_data) for one in objects}
        values = _read_values(field.stream_block, [child for children in raw.values() for child in children])
        for key, children in raw.items():
            self._streams[key] = [
                Block(
                    str(child.get("id") or number),
                    field.stream_block.child_blocks[child["type"]],
                    values[id(child)],
                )
                for number, child in enumerate(children)
                if id(child) in values
            ]
        with_pictures(value for value in _everything_in(values.values()) if isinstance(value, AbstractImage))


def _read_values(stream: blocks.StreamBlock, children: list[dict[str, Any]]) -> dict[int, Any]:
    """Return the values of raw blocks, each kind of block read at once."""
    by_kind = defaultdict(list)
    for child in children:
        if child["type"] in stream.child_blocks:
            by_kind[child["type"]].append(child)
    values: dict[int, Any] = {}
    for kind, same_kind in by_kind.items():
        read = stream.child_blocks[kind].bulk_to_python([child["value"] for child in same_kind])
        values |= {id(child): value for child, value in zip(same_kind, read, strict=True)}
    return values


def _everything_in(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the values, and those inside them."""
    for value in values:
        yield value
        if isinstance(value, blocks.StructValue):
            yield from _everything_in(value.values())
        elif isinstance(value, blocks.list_block.ListValue):
            yield from _everything_in(value)
        elif isinstance(value, blocks.StreamValue):
            yield from _everything_in(child.value for child in value)
