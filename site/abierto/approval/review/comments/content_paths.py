"""Where a comment hangs: Wagtail's content path, and one more kind of it for the inline rows of a page.

Wagtail knows «field» and «field.block.part». Of a row we say «relation.key», and then the same again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from abierto.approval.review.inline_rows import row_key

NOT_A_PLACE = frozenset({"", "pk", "id", "path", "depth", "numchild"})


def is_there(subject: Any, path: str) -> bool:
    """Say whether ``path`` leads to something in ``subject``, as it is in memory."""
    name, *rest = path.split(".")
    if name in NOT_A_PLACE:
        return False
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if not rest:
        return True
    if field.one_to_many:
        row = _row(subject, field, rest[0])
        return row is not None and (len(rest) == 1 or is_there(row, ".".join(rest[1:])))
    if not hasattr(field, "get_block_by_content_path"):
        return False
    return field.get_block_by_content_path(field.value_from_object(subject), rest) is not None


def labels_of(subject: Any, paths: Iterable[str]) -> dict[str, str]:
    """Return how people call these places of ``subject``; the queries do not grow with them."""
    many = set(paths)
    names: Mapping[str, str] = getattr(subject, "names_for_review", dict)() if many else {}
    return {path: label_of(subject, path, names) for path in many}


def label_of(subject: Any, path: str, names: Mapping[str, str]) -> str:
    """Return how people call the place of a comment: the row, if it is one, and the field."""
    name, *rest = path.split(".")
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if not field.one_to_many:
        return str(capfirst(getattr(field, "verbose_name", name)))
    row = _row(subject, field, rest[0]) if rest else None
    if row is None:
        return str(capfirst(field.related_model._meta.verbose_name))
    called = names.get(rest[0]) or str(row)
    return f"{called}, {label_of(row, '.'.join(rest[1:]), names).lower()}" if rest[1:] else called


def _row(subject: Any, relation: Any, key: str) -> Any | None:
    rows = getattr(subject, relation.get_accessor_name()).all()
    return next((row for row in rows if row_key(row) == key), None)
