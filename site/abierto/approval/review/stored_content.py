"""The content of an object as its hash sees it, read without repeated queries."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)

from abierto.approval.ledger.hashing import NOT_CONTENT, canonical

Content = dict[str, Any]

RELATED = "_cluster_related_objects"
"""Where modelcluster keeps the inline rows of an object in memory."""


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
