"""The fields that a comparison shows, their stored values and their display text.

Shown are the fields of the edit form and all other content.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField

from abierto.approval.ledger.hashing import NOT_CONTENT, canonical, is_content

from .attachments import build_attachment
from .block_values import BlockFormatter
from .field_changes import MISSING, DisplayValue
from .formatting import format_field, is_empty
from .invisible_characters import name_invisible

Content = dict[str, Any]
"""The content of an object as its hash sees it (``ledger.hashing.canonical``)."""


@dataclass(frozen=True)
class ReviewField:
    """One field, or two that give one figure."""

    field: models.Field
    label: str
    instead: models.Field | None = None
    #: Not in the editing form.
    is_minor: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its stored fields."""
        return (self.field.name, *([self.instead.name] if self.instead else []))


@dataclass(frozen=True)
class ReviewRelation:
    """The inline rows of one relation."""

    name: str
    label: str
    fields: list[ReviewField]


def review_fields(model: Any, left_out: Collection[str], handler: Any = None) -> list[ReviewField]:
    """Return every field of ``model`` that is content, those of the editing form first."""
    found = list(_form_fields(model, left_out, handler))
    seen = {name for review_field in found for name in review_field.names}
    rest = (field for field in _content_fields(model) if field.name not in seen | set(left_out))
    return found + [ReviewField(field, _label(field), is_minor=True) for field in rest]


def review_relations(
    model: Any, left_out: Collection[str], left_out_of_rows: Collection[str]
) -> list[ReviewRelation]:
    """Return the relations to inline rows, those of the editing form first."""
    found: dict[str, ReviewRelation] = {}
    for panel in iter_panels(model, InlinePanel):
        row = panel.db_field.related_model
        fields = review_fields(row, left_out_of_rows, panel.child_edit_handler)
        label = str(capfirst(panel.label or panel.heading))
        found[panel.relation_name] = ReviewRelation(panel.relation_name, label, fields)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name not in found and name not in left_out:
            row = relation.related_model
            fields = review_fields(row, left_out_of_rows, _EmptyForm())
            found[name] = ReviewRelation(name, str(capfirst(row._meta.verbose_name)), fields)
    return list(found.values())


class _EmptyForm:
    """An editing form without panels."""

    children = ()


def _content_fields(model: Any) -> Iterator[models.Field]:
    yield from (field for field in model._meta.fields if is_content(field))
    yield from get_all_child_m2m_relations(model)


def _form_fields(model: Any, left_out: Collection[str], handler: Any) -> Iterator[ReviewField]:
    combined = getattr(model, "combined_figure", {})
    skipped = (
        {name for name, _label in combined.values()} | {getattr(model, "matched_by", "")} | set(left_out)
    )
    seen: set[str] = set()
    for field, label in _form_field_labels(model, handler):
        if field.name in skipped | seen or not _is_stored_content(field):
            continue
        seen.add(field.name)
        instead = None
        if field.name in combined:
            name, label = combined[field.name]
            instead = model._meta.get_field(name)
        yield ReviewField(field, str(capfirst(label)), instead)


def _form_field_labels(model: Any, handler: Any) -> Iterator[tuple[models.Field, Any]]:
    for panel in iter_panels(model, FieldPanel, handler):
        try:
            field = panel.db_field
        except FieldDoesNotExist:
            continue
        yield field, panel.heading or _label(field)
    for name in getattr(model, "reviewed_too", ()):
        field = model._meta.get_field(name)
        yield field, _label(field)


def _is_stored_content(field: models.Field) -> bool:
    return bool(field.many_to_many) or is_content(field)


def iter_panels(model: Any, kind: type, handler: Any = None) -> Iterator[Any]:
    """Yield the panels of one kind from the editing form of a model, in the order of the screen."""
    handler = model.get_edit_handler() if handler is None else handler
    for panel in getattr(handler, "children", ()):
        if isinstance(panel, kind):
            yield panel
        else:
            yield from iter_panels(model, kind, panel)


def _label(field: models.Field) -> str:
    return str(capfirst(getattr(field, "verbose_name", field.name)))


# --- Display text --------------------------------------------------------------------------------------


def find_stored_value(content: Content | None, review_field: ReviewField) -> Any:
    """Return the stored value of a field; a default is not stored."""
    held = [content.get(name, MISSING) for name in review_field.names] if content is not None else []
    if all(value is MISSING for value in held):
        return MISSING
    return held[0] if len(held) == 1 else [None if value is MISSING else value for value in held]


class FieldFormatter:
    """Formats stored fields as text; ``blocks`` formats those of a stream."""

    def __init__(self, blocks: BlockFormatter) -> None:
        self.blocks = blocks

    def read(self, subject: Any | None, review_field: ReviewField, stored: Any) -> DisplayValue:
        """Return the display value of a field in one version."""
        if subject is None:
            return DisplayValue("", MISSING)
        field = review_field.field
        if field.many_to_many:
            keys = stored if isinstance(stored, list) else []
            return DisplayValue(
                "\n".join(self.blocks.objects.describe(field.related_model, key) for key in keys), stored
            )
        value = field.value_from_object(subject)
        if field.many_to_one or field.one_to_one:
            return self._read_key(field, value, stored)
        if isinstance(field, RichTextField):
            return replace(self.blocks.read_rich_text(value or ""), stored=stored)
        return self._read_plain(subject, review_field, stored)

    def _read_key(self, field: Any, key: Any, stored: Any) -> DisplayValue:
        """Return the target of a foreign key as text."""
        if key is None:
            return DisplayValue("", stored)
        found = self.blocks.objects.attachment(field.related_model, key)
        words = self.blocks.objects.describe(field.related_model, key)
        return DisplayValue(words, stored, attachments=(found,) if found else ())

    def _read_plain(self, subject: Any, review_field: ReviewField, stored: Any) -> DisplayValue:
        """Return the text of a plain field; of two fields for one figure, the one that is set."""
        fields = [review_field.field, *([review_field.instead] if review_field.instead else [])]
        values = [(field, field.value_from_object(subject)) for field in fields]
        filled = [(field, value) for field, value in values if not is_empty(value)]
        words = " · ".join(format_field(field, value) for field, value in filled or values[:1])
        found = build_attachment(values[0][1])
        return DisplayValue(
            name_invisible(self.blocks.names.get(words, words)),
            stored,
            attachments=(found,) if found else (),
            is_empty=not filled,
        )


# --- Stored content, read without repeated queries -----------------------------------------------------

RELATED = "_cluster_related_objects"
"""Attribute in which modelcluster stores the inline rows of an object in memory."""


def copy_detached(subject: Any) -> Any:
    """Return a copy whose inline rows can be read into memory without touching ``subject``."""
    copied = copy.copy(subject)
    if RELATED in getattr(copied, "__dict__", {}):
        copied.__dict__[RELATED] = dict(copied.__dict__[RELATED])
    return copied


def build_stored_content(subject: Any) -> Content:
    """Return ``canonical`` of the whole object; its inline rows stay in memory."""
    data = dict(get_serializable_data_for_fields(subject))
    for relation in get_all_child_relations(subject):
        name = relation.get_accessor_name()
        if name not in NOT_CONTENT:
            data[name] = [_row_data(row) for row in getattr(subject, name).get_object_list()]
    for field in get_all_child_m2m_relations(subject):
        data[field.name] = [related.pk for related in getattr(subject, field.name).get_object_list()]
    return canonical(type(subject), data, NOT_CONTENT)


def _row_data(row: Any) -> Content:
    if hasattr(row, "serializable_data"):
        return dict(row.serializable_data())
    return dict(get_serializable_data_for_fields(row))


def rows_by_relation(subject: Any | None, content: Content | None, name: str) -> Mapping[int, Content]:
    """Return the content of the inline rows of one relation, by the identity of the row in memory."""
    if subject is None or content is None:
        return {}
    rows = getattr(subject, name).get_object_list()
    return {id(row): stored for row, stored in zip(rows, content.get(name, ()), strict=True)}
