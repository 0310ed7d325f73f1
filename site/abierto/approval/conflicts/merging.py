"""Three-way merge of a submitted version over the latest one, field by field and row by row.

Works on the serialized content of revisions: plain dictionaries.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

from abierto.approval.ledger.hashing import NOT_CONTENT, NOT_CONTENT_OF_A_ROW, canonical

Content = dict[str, Any]
Rows = list[Content]


@dataclass(frozen=True)
class MergeResult:
    """The merged content, the fields taken from the submitted version, and the fields that both changed."""

    content: Content
    mine: frozenset[str]
    both: frozenset[str]


def changed_names(
    model: type[models.Model], before: Content, after: Content, left_out: frozenset[str] = NOT_CONTENT
) -> frozenset[str]:
    """Return the names of the fields and inline relations whose content differs."""
    old, new = canonical(model, before, left_out), canonical(model, after, left_out)
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def merge_content(
    model: type[models.Model],
    base: Content,
    latest: Content,
    mine: Content,
    left_out: frozenset[str] = NOT_CONTENT,
) -> MergeResult:
    """Return ``latest`` with the changes from ``base`` to ``mine``; mine wins where both changed."""
    own, theirs = changed_names(model, base, mine, left_out), changed_names(model, base, latest, left_out)
    different = changed_names(model, latest, mine, left_out)
    laid = {name: mine[name] for name in own & different if name in mine}
    both = own & theirs & different
    rows_of = {
        relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)
    }
    for name in both & rows_of.keys():
        merged = merge_rows(rows_of[name], base[name], latest[name], mine[name])
        if merged is not None:
            laid[name], both_in_a_row = merged
            both = both if both_in_a_row else both - {name}
    return MergeResult({**latest, **laid}, frozenset(laid), both)


def merge_rows(model: type[models.Model], base: Rows, latest: Rows, mine: Rows) -> tuple[Rows, bool] | None:
    """Merge inline rows one by one, and return whether both changed the same field of one.

    Return None unless the three versions have the same rows in the same order.
    """
    keys = [content_row_key(row) for row in base]
    if None in keys or any([content_row_key(row) for row in rows] != keys for rows in (latest, mine)):
        return None
    merged = [
        merge_content(model, *versions, left_out=NOT_CONTENT_OF_A_ROW)
        for versions in zip(base, latest, mine, strict=True)
    ]
    return [row.content for row in merged], any(row.both for row in merged)


def content_row_key(row: Content) -> str | None:
    """Return the key that identifies a row in every version of its page."""
    key = row.get("translation_key") or row.get("pk")
    return str(key) if key else None
