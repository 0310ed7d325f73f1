"""Compare two versions of one object: its own fields, then its inline rows.

Driven by stored values: a field is unchanged only if the content hash takes it for the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from abierto.accounts.models import User
from abierto.approval.ledger.hashing import NOT_CONTENT, NOT_CONTENT_OF_A_ROW

from .block_comparison import BlockComparison
from .block_values import BlockFormatter
from .field_changes import (
    ADDED,
    MISSING,
    REMOVED,
    ChangeGroup,
    ComparedSide,
    DisplayValue,
    FieldChange,
    UnchangedValue,
    build_change,
    is_same,
    plain_side,
    text_sides,
)
from .fields import (
    Content,
    FieldFormatter,
    ReviewField,
    ReviewRelation,
    build_stored_content,
    copy_detached,
    find_stored_value,
    review_fields,
    review_relations,
    rows_by_relation,
)
from .formatting import empty_label
from .inline_rows import RowPair, pair_rows, row_path, row_title
from .prefetch import NamedObject, NamedObjects, iter_named_objects


class VersionPair:
    """Two versions of one object, with the names and objects that the comparison needs."""

    def __init__(self, old: Any | None, new: Any, viewer: User | None, is_for_public: bool) -> None:
        # Reading inline rows stores them on the object: work on a copy.
        self.old: Any = copy_detached(old) if old is not None else None
        self.new: Any = copy_detached(new)
        keys = _find_key_fields(type(new)) if is_for_public else frozenset()
        self.left_out, self.left_out_of_rows = NOT_CONTENT | keys, NOT_CONTENT_OF_A_ROW | keys
        self.before = build_stored_content(self.old) if old is not None else None
        self.after = build_stored_content(self.new)
        self.names: Mapping[str, str] = getattr(new, "names_for_review", dict)()
        # An object that was never public may have had a public figure in an earlier report.
        known = getattr(new, "figures_before", dict) if old is None else dict
        self.known: Mapping[str, str] = known()
        self.objects = NamedObjects(viewer)
        block_formatter = BlockFormatter(self.names, self.objects)
        self.formatter, self.blocks = FieldFormatter(block_formatter), BlockComparison(block_formatter)

    def prefetch_objects(self) -> list[NamedObject]:
        """Prefetch the objects of both versions; return those of the new one."""
        model = type(self.new)
        named = list(iter_named_objects(model, self.after))
        self.objects.read(
            [*named, *(iter_named_objects(model, self.before) if self.before is not None else ())]
        )
        return named

    def iter_groups(self) -> Iterator[ChangeGroup]:
        """Yield the object's own fields, then its rows, relation by relation."""
        model = type(self.new)
        fields = review_fields(model, self.left_out)
        pair = RowPair("", self.old, self.new)
        stored = self.before, self.after
        main = [review_field for review_field in fields if not review_field.is_minor]
        yield self.build_group(pair, stored, main, _("Datos generales"), "")
        minor = [review_field for review_field in fields if review_field.is_minor]
        yield self.build_group(pair, stored, minor, _("Otros datos"), "")
        for relation in review_relations(model, self.left_out, self.left_out_of_rows):
            yield from self.iter_row_groups(relation)

    def iter_row_groups(self, relation: ReviewRelation) -> Iterator[ChangeGroup]:
        """Yield the rows of one relation, matched by their keys."""
        stored = {
            **rows_by_relation(self.old, self.before, relation.name),
            **rows_by_relation(self.new, self.after, relation.name),
        }
        for pair in pair_rows(self.old, self.new, relation.name):
            for row in pair.both:
                self.set_related(row, relation)
            title = row_title(pair, relation.label, self.names)
            path = row_path(relation.name, pair.key)
            contents = stored.get(id(pair.old)), stored.get(id(pair.new))
            yield replace(self.build_group(pair, contents, relation.fields, title, path), root=relation.name)

    def set_related(self, row: Any, relation: ReviewRelation) -> None:
        """Set the related objects of a row, whose label often comes from them."""
        for relation_field in relation.fields:
            field: Any = relation_field.field
            if field.many_to_one or field.one_to_one:
                found = self.objects.get(field.related_model, field.value_from_object(row))
                if isinstance(found, field.related_model):
                    field.set_cached_value(row, found)

    def build_group(
        self,
        pair: RowPair,
        stored: tuple[Content | None, Content | None],
        fields: Sequence[ReviewField],
        title: str,
        path: str,
    ) -> ChangeGroup:
        """Return the changes in the fields of the object, or of one of its rows."""
        changes: list[FieldChange] = []
        same: list[UnchangedValue] = []
        for review_field in fields:
            own_path = f"{path}.{review_field.field.name}" if path else review_field.field.name
            if pair.new is None or review_field.is_minor:
                own_path = ""  # a removed field, or one outside the form, takes no comments
            found = self.compare_field(pair, stored, review_field, own_path)
            if isinstance(found, FieldChange):
                changes.append(
                    replace(
                        found, is_minor=review_field.is_minor, root="" if path else review_field.field.name
                    )
                )
            elif found is not None:
                same.append(found)
        return ChangeGroup(title, path, self.get_status(pair), pair.moved, tuple(changes), tuple(same))

    def get_status(self, pair: RowPair) -> str:
        """Return whether a row is added or removed; an object without a public version has no status."""
        if pair.new is None:
            return REMOVED
        return ADDED if pair.old is None and self.old is not None else ""

    def compare_field(
        self,
        pair: RowPair,
        stored: tuple[Content | None, Content | None],
        review_field: ReviewField,
        path: str,
    ) -> FieldChange | UnchangedValue | None:
        """Return the change or the unchanged value of one field; None if it was always empty."""
        old, new = (find_stored_value(version, review_field) for version in stored)
        if isinstance(review_field.field, StreamField):
            return self.compare_stream(pair, review_field, old, new, path)
        before, after = (
            self.formatter.read(pair.old, review_field, old),
            self.formatter.read(pair.new, review_field, new),
        )
        if not pair.is_whole:
            known = self.known.get(path, "") if pair.old is None and pair.new is not None else ""
            return self.build_lone_change(pair, review_field, (before, after), known, path)
        if is_same(old, new):
            return UnchangedValue(review_field.label, after.words, after.attachments) if after.words else None
        changed = build_change(review_field.label, path, before, after, empty_label(review_field.field))
        return replace(changed, is_figure=bool(getattr(review_field.field, "unit", "")))

    def build_lone_change(
        self,
        pair: RowPair,
        review_field: ReviewField,
        readings: tuple[DisplayValue, DisplayValue],
        known: str,
        path: str,
    ) -> FieldChange | UnchangedValue | None:
        """Return a field that only one version has, without marks."""
        before, after = readings
        display = after if pair.new is not None else before
        if display.stored is MISSING and (review_field.is_minor or not display.words or display.is_empty):
            return None
        if review_field.is_minor and isinstance(review_field.field, models.UUIDField):
            return None  # new with the row: there is nothing to compare
        if known and known == after.words:
            return UnchangedValue(review_field.label, after.words, after.attachments)
        missing = empty_label(review_field.field)
        both = text_sides(known, after.words, missing) if known and after.words else None
        left, right = both or (plain_side(known or before.words, missing), plain_side(after.words, missing))
        return FieldChange(
            review_field.label,
            path,
            ComparedSide(left.html, before.attachments) if pair.old is not None or known else None,
            ComparedSide(right.html, after.attachments) if pair.new is not None else None,
            is_figure=bool(getattr(review_field.field, "unit", "")),
        )

    def compare_stream(
        self, pair: RowPair, review_field: ReviewField, old: Any, new: Any, path: str
    ) -> FieldChange | UnchangedValue | None:
        """Return a body of blocks, block by block."""
        field: Any = review_field.field
        before, after = ([] if value is MISSING else value for value in (old, new))
        blocks = self.blocks.compare_blocks(field.stream_block, before, after, path)
        if not blocks:
            return None
        if all(block.is_same for block in blocks):
            text = "\n".join(part.text for block in blocks for part in block.same)
            files = tuple(found for block in blocks for part in block.same for found in part.attachments)
            return UnchangedValue(review_field.label, text, files)
        return FieldChange(review_field.label, path, None, None, blocks=blocks)


def _find_key_fields(model: Any) -> frozenset[str]:
    """Return the names of the UUID fields, by which rows are matched."""
    rows = [relation.related_model for relation in get_all_child_relations(model)]
    fields = (field for owner in (model, *rows) for field in owner._meta.fields)
    return frozenset(field.name for field in fields if isinstance(field, models.UUIDField))
