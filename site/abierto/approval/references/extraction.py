"""Extract the references in the content of a page or row from its serialized data.

``ReferenceIndex._extract_references_from_object`` reads block values, which have lost malformed keys and
cost a query for each kind of block; a test checks that nothing it finds is missing here.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.fields import RichTextField, StreamField

from abierto.approval.ledger.hashing import NOT_CONTENT
from blocks.raw_values import Label, StoredReference, references_in, references_in_html


def iter_references(subject: Any, labels: tuple[Label, ...] = ()) -> Iterator[StoredReference]:
    """Yield every reference in the content of ``subject`` as it is in memory, checked or not."""
    for field in subject._meta.fields:
        if is_reference_field(field):
            value = field.value_from_object(subject)
            stored = field.get_prep_value(value) if isinstance(field, StreamField) else value
            yield from iter_field_references(field, stored, (*labels, field.verbose_name))
    for field in get_all_child_m2m_relations(type(subject)):
        keys = [row.pk for row in getattr(subject, field.name).all()]
        yield from iter_field_references(field, keys, (*labels, field.verbose_name))
    for relation in get_all_child_relations(type(subject)):
        name = relation.get_accessor_name()
        rows = getattr(subject, name).all() if name not in NOT_CONTENT else ()
        for row in rows:
            yield from iter_references(row, (*labels, relation.related_model._meta.verbose_name))


def iter_data_references(
    model: type[models.Model], data: dict[str, Any], labels: tuple[Label, ...] = ()
) -> Iterator[StoredReference]:
    """Yield every reference in ``data``, the serialised content of an object of ``model``."""
    for field in model._meta.fields:
        if field.name in data and is_reference_field(field):
            yield from iter_field_references(field, data[field.name], (*labels, field.verbose_name))
    for field in get_all_child_m2m_relations(model):
        yield from iter_field_references(field, data.get(field.name), (*labels, field.verbose_name))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows = data.get(name) if name not in NOT_CONTENT else None
        for row in rows or ():
            yield from iter_data_references(
                relation.related_model, row, (*labels, relation.related_model._meta.verbose_name)
            )


def is_reference_field(field: models.Field) -> bool:
    """Check whether ``field`` is one through which an author chooses an object."""
    if field.name in NOT_CONTENT or isinstance(field, ParentalKey) or field.primary_key:
        return False
    return isinstance(field, models.ForeignKey | RichTextField | StreamField)


def iter_field_references(field: Any, value: Any, labels: tuple[Label, ...]) -> Iterator[StoredReference]:
    """Yield the references in the serialised value of one field."""
    if isinstance(field, StreamField):
        yield from references_in(field.stream_block, parse_stream(value), labels)
    elif isinstance(field, RichTextField):
        yield from references_in_html(value, labels)
    elif field.many_to_many:
        for key in value if isinstance(value, list) else ():
            yield StoredReference(field.related_model, key, labels)
    elif value is not None:
        yield StoredReference(field.related_model, value, labels)


def parse_stream(value: Any) -> Any:
    """Return the raw stream in ``value``, which a revision stores as JSON within JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return []
