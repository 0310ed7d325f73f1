"""Content paths of comments: Wagtail's, extended to the inline rows of a page.

Wagtail has «field» and «field.block.part». An inline row has «relation.key», followed by the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from abierto.approval.review.inline_rows import row_key

NOT_COMMENTABLE = frozenset({"", "pk", "id", "path", "depth", "numchild"})


def has_content_path(subject: Any, path: str) -> bool:
    """Check whether ``path`` exists in ``subject`` as it is in memory."""
    name, *rest = path.split(".")
    if name in NOT_COMMENTABLE:
        return False
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if not rest:
        return True
    if field.one_to_many:
        row = _find_row(subject, field, rest[0])
        return row is not None and (len(rest) == 1 or has_content_path(row, ".".join(rest[1:])))
    if not hasattr(field, "get_block_by_content_path"):
        return False
    return field.get_block_by_content_path(field.value_from_object(subject), rest) is not None


def build_path_labels(subject: Any, paths: Iterable[str]) -> dict[str, str]:
    """Return the labels of these content paths of ``subject``, with a fixed number of queries."""
    many = set(paths)
    names: Mapping[str, str] = getattr(subject, "names_for_review", dict)() if many else {}
    return {path: path_label(subject, path, names) for path in many}


def path_label(subject: Any, path: str, names: Mapping[str, str]) -> str:
    """Return the label of the place of a comment: the row, if it is one, and the field."""
    name, *rest = path.split(".")
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if not field.one_to_many:
        return str(capfirst(getattr(field, "verbose_name", name)))
    row = _find_row(subject, field, rest[0]) if rest else None
    if row is None:
        return str(capfirst(field.related_model._meta.verbose_name))
    called = names.get(rest[0]) or str(row)
    return f"{called}, {path_label(row, '.'.join(rest[1:]), names).lower()}" if rest[1:] else called


def _find_row(subject: Any, relation: Any, key: str) -> Any | None:
    rows = getattr(subject, relation.get_accessor_name()).all()
    return next((row for row in rows if row_key(row) == key), None)
