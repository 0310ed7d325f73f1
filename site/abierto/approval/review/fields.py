"""The fields that a comparison shows: those of the edit form, and all other content."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.admin.panels import FieldPanel, InlinePanel

from abierto.approval.ledger.hashing import is_content


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
    untold = {name for name, _label in combined.values()} | {getattr(model, "matched_by", "")} | set(left_out)
    seen: set[str] = set()
    for field, label in _form_field_labels(model, handler):
        if field.name in untold | seen or not _is_stored_content(field):
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
