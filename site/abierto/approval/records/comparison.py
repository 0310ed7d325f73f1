"""Compare public objects with their last record, and record those without one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from abierto.accounts.models import User
from abierto.approval.models import Approval, PublicRecord, StandIn
from abierto.media.hashing import hash_stored_file
from abierto.media.models import PortalRendition

from .fields import ACCOUNT_NAMES, FILE_BYTES, FILES, PLACEMENT, RECORDED_MODELS, RecordedModel
from .fingerprints import Values, prints_of
from .services import build_record, build_row_record, placement_values, record_files, with_placement

BATCH_SIZE = 500


class RecordStatus(Enum):
    """The result of comparing a public object with its last record."""

    UNRECORDED = "unrecorded"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """A public object that differs from its record."""

    status: RecordStatus
    key: str
    title: str
    fields: tuple[str, ...] = ()
    row: Any = None


def compare_record(
    record: PublicRecord | None, values: Values, default: Values | None = None
) -> tuple[str, ...] | None:
    """Return the names of the values that differ from a record; None when there is no record to compare with.

    A value that the record lacks was added to the application later.
    """
    if record is None or record.is_gone:
        if default is None:
            return None
        values = {name: values[name] for name in default}
        return None if values != default else ()
    prints = prints_of(values)
    return tuple(name for name, found in prints.items() if record.prints.get(name, found) != found)


def find_row_differences(recorded: RecordedModel) -> Iterator[Difference]:
    """Yield the rows of one model that differ from their record, have none, or are missing."""
    last = PublicRecord.objects.latest_of(recorded.name)
    rows = recorded.model._base_manager.order_by("pk")
    for row in rows.iterator(chunk_size=BATCH_SIZE):
        yield from _compare_row(recorded, row, last.pop(str(row.pk), None))
    for record in last.values():
        if not record.is_gone:
            yield Difference(RecordStatus.GONE, record.object_id, record.title)


def _compare_row(recorded: RecordedModel, row: Any, record: PublicRecord | None) -> Iterator[Difference]:
    changed = compare_record(record, recorded.values(row), recorded.default)
    title = row.title if hasattr(row, "title") else str(row)
    if changed is None:
        yield Difference(RecordStatus.UNRECORDED, str(row.pk), title, row=row)
    elif changed:
        yield Difference(RecordStatus.CHANGED, str(row.pk), title, changed, row)


def find_name_differences() -> Iterator[Difference]:
    """Yield the accounts whose public name or post differs from the record."""
    last = PublicRecord.objects.latest_of(ACCOUNT_NAMES.name)
    decided = Q(pk__in=Approval.objects.order_by().values("reporter")) | Q(
        pk__in=Approval.objects.order_by().values("approver")
    )
    named = decided | Q(pk__in=StandIn.objects.order_by().values("absent"))
    for account in User._base_manager.filter(named).order_by("pk").iterator(chunk_size=BATCH_SIZE):
        yield from _compare_row(ACCOUNT_NAMES, account, last.get(str(account.pk)))


# --- Files ---------------------------------------------------------------------------------------------


def find_shown_keys(recorded: RecordedModel) -> set[str]:
    """Return the keys of the files of one kind that public pages show."""
    live = Page.objects.filter(live=True).annotate(key=Cast("pk", CharField()))
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(recorded.model),
        object_id__in=live.values("key"),
    )
    return set(references.values_list("to_object_id", flat=True).distinct())


def find_file_differences(recorded: RecordedModel) -> Iterator[Difference]:
    """Yield the files shown without a record, or whose words, crop or bytes differ from it."""
    last = PublicRecord.objects.latest_of(recorded.name)
    known_bytes = PublicRecord.objects.latest_of(FILE_BYTES)
    shown = find_shown_keys(recorded)
    files: models.QuerySet[Any] = recorded.model._base_manager.order_by("pk")
    for file in files.iterator(chunk_size=BATCH_SIZE):
        record = last.pop(str(file.pk), None)
        if record is None and str(file.pk) not in shown:
            continue
        yield from _compare_row(recorded, file, record)
        yield from _compare_bytes(file, known_bytes.get(file.file.name))
    for record in last.values():
        if not record.is_gone:
            yield Difference(RecordStatus.GONE, record.object_id, record.title)


def _compare_bytes(file: Any, record: PublicRecord | None) -> Iterator[Difference]:
    digest = hash_stored_file(file.file.storage, file.file.name)
    if digest is None:
        return
    if record is None:
        yield Difference(RecordStatus.UNRECORDED, str(file.pk), file.title, ("bytes",), file)
    elif record.prints["bytes"] != digest:
        yield Difference(RecordStatus.CHANGED, str(file.pk), file.title, ("bytes",), file)


# --- Pages ---------------------------------------------------------------------------------------------


def find_placement_differences() -> Iterator[Difference]:
    """Yield public pages that are elsewhere than recorded, or were never recorded as published."""
    last = PublicRecord.objects.latest_of(PLACEMENT)
    pages = with_placement(Page.objects.filter(live=True, depth__gt=1).order_by("path"))
    for row in pages.iterator(chunk_size=BATCH_SIZE):
        values, record = placement_values(row), last.get(str(row["pk"]))
        changed = compare_record(record, values)
        # A translation detached from its source still shows the same content.
        fields = tuple(name for name in changed or () if name != "alias_of" or values["alias_of"] is not None)
        if changed is None:
            yield Difference(RecordStatus.UNRECORDED, str(row["pk"]), row["title"], row=row)
        elif fields:
            yield Difference(RecordStatus.CHANGED, str(row["pk"]), row["title"], fields, row)


# --- Public objects without a record -------------------------------------------------------------------


def record_unrecorded() -> list[str]:
    """Record the present state of every public object without a record; return its description, sorted.

    An object that differs from its record stays a finding: a command cannot know that the change is right.
    """
    titles = []
    for recorded in RECORDED_MODELS:
        titles += _record(recorded, find_row_differences(recorded))
    titles += _record(ACCOUNT_NAMES, find_name_differences())
    for recorded in FILES:
        found = [
            difference
            for difference in find_file_differences(recorded)
            if difference.status is RecordStatus.UNRECORDED
        ]
        titles += [difference.title for difference in found]
        record_files(recorded, {difference.key: difference.row for difference in found}.values())
    for rendition in PortalRendition.objects.filter(sha256="").order_by("pk"):
        digest = hash_stored_file(rendition.file.storage, rendition.file.name)
        PortalRendition.objects.filter(pk=rendition.pk).update(sha256=digest or "")
        titles.append(rendition.file.name)
    records = []
    for difference in find_placement_differences():
        if difference.status is RecordStatus.UNRECORDED:
            titles.append(difference.title)
            records.append(
                build_record(
                    PLACEMENT, difference.key, difference.title, prints_of(placement_values(difference.row))
                )
            )
    PublicRecord.objects.bulk_create(records)
    return titles


def _record(recorded: RecordedModel, differences: Iterator[Difference]) -> list[str]:
    found = [difference for difference in differences if difference.status is RecordStatus.UNRECORDED]
    PublicRecord.objects.bulk_create(build_row_record(recorded, difference.row) for difference in found)
    return [difference.title for difference in found]


def field_label(model: type[models.Model], name: str) -> str:
    """Return the label of a column on screen."""
    fields: Collection[Any] = model._meta.get_fields()
    return next(
        (
            str(field.verbose_name)
            for field in fields
            if field.name == name and hasattr(field, "verbose_name")
        ),
        name,
    )
