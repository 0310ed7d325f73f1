"""Record the state of public objects each time the application changes them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, ReferenceIndex

from abierto.approval.ledger.imports import current_import
from abierto.approval.models import PublicRecord
from abierto.approval.models.records import OBJECT_ID_LENGTH
from abierto.media.hashing import hash_stored_file
from abierto.tenancy.tree_paths import parent_path_of

from .fields import FILE_BYTES, FILES, PLACEMENT, REDIRECTS, RecordedModel
from .fingerprints import Prints, Values, prints_of

TITLE_LENGTH = 255


_publishing: ContextVar[bool] = ContextVar("abierto_publishing", default=False)


@contextmanager
def record_after_publishing(page: Any) -> Iterator[None]:
    """Record a page once, after all writes of its publication, instead of at each save."""
    token, address = _publishing.set(True), getattr(page, "url_path", None)
    try:
        yield
    finally:
        _publishing.reset(token)
    if isinstance(page, Page):
        addresses = record_publications([page.pk])
        if addresses.get(page.pk, address) != address:
            record_automatic_redirects_after_commit(page.pk)


def is_publishing() -> bool:
    """Check whether a publication is running, at whose end the page is recorded."""
    return _publishing.get()


def has_author() -> bool:
    """Check whether the running change has an author: a person in the admin, or an import."""
    return current_import() is not None or get_active_log_context().user is not None


def latest_record(name: str, key: Any) -> PublicRecord | None:
    """Return the last record of one object."""
    return PublicRecord.objects.filter(model=name, object_id=str(key)).first()


def build_record(name: str, key: Any, title: str, prints: Prints, *, is_gone: bool = False) -> PublicRecord:
    """Return an unsaved record with the author and the reason of the current change."""
    current = current_import()
    author = current.by if current else get_active_log_context().user
    return PublicRecord(
        model=name,
        object_id=str(key)[:OBJECT_ID_LENGTH],
        title=title[:TITLE_LENGTH],
        prints=prints,
        is_gone=is_gone,
        by_number=author.pk if author else None,
        reason=current.reason if current else "",
    )


def build_row_record(recorded: RecordedModel, row: Any) -> PublicRecord:
    """Return an unsaved record of the present values of a row."""
    title = row.title if hasattr(row, "title") else str(row)
    return build_record(recorded.name, row.pk, title, prints_of(recorded.values(row)))


def record_row(recorded: RecordedModel, row: models.Model) -> None:
    """Record the values of a row if they differ from its last record."""
    record, last = build_row_record(recorded, row), latest_record(recorded.name, row.pk)
    if last is None or last.is_gone or last.prints != record.prints:
        record.save()


def record_end(recorded: RecordedModel, row: models.Model) -> None:
    """Record the deletion of a row that was recorded."""
    last = latest_record(recorded.name, row.pk)
    if last is not None and not last.is_gone:
        build_record(recorded.name, row.pk, str(row), {}, is_gone=True).save()


# --- Pages ---------------------------------------------------------------------------------------------

PLACEMENT_FIELDS = (
    "parent",
    "locale_id",
    "translation_key",
    "alias_of_id",
    "content_type_id",
    "first_published_at",
    "last_published_at",
)


def with_placement(pages: models.QuerySet[Page]) -> models.QuerySet[Page, dict[str, Any]]:
    """Return the key, the title and the ``PLACEMENT_FIELDS`` of each page, with one query."""
    above = Page.objects.filter(path=parent_path_of(OuterRef("path")))
    return pages.annotate(parent=Subquery(above.values("pk")[:1])).values(
        "pk", "title", "url_path", *PLACEMENT_FIELDS
    )


def placement_values(row: Values) -> Values:
    """Return the recorded placement of a page from a row of ``with_placement``."""
    return {name.removesuffix("_id"): row[name] for name in PLACEMENT_FIELDS}


def record_publications(page_keys: Collection[int]) -> dict[int, str]:
    """Record the placement of just published pages and their aliases, and the files that they show.

    Return the address of each of them.
    """
    shown = Page.objects.filter(Q(pk__in=page_keys) | Q(alias_of_id__in=page_keys), live=True).order_by("pk")
    rows = list(with_placement(shown))
    keys = [str(row["pk"]) for row in rows]
    last = _load_latest_prints(PLACEMENT, keys)
    records = []
    for row in rows:
        prints = prints_of(placement_values(row))
        if last.get(str(row["pk"])) != prints:
            records.append(build_record(PLACEMENT, row["pk"], row["title"], prints))
    PublicRecord.objects.bulk_create(records)
    record_files_shown_by(keys)
    return {row["pk"]: row["url_path"] for row in rows}


def _load_latest_prints(name: str, keys: Sequence[str]) -> dict[str, Prints]:
    """Return the hashes in the last records of objects of one kind."""
    rows = PublicRecord.objects.filter(model=name, object_id__in=keys).order_by("pk")
    return {row.object_id: row.prints for row in rows}


# --- Files ---------------------------------------------------------------------------------------------


def record_files_shown_by(page_keys: Sequence[str]) -> None:
    """Record the files of these pages that have no record yet.

    Existing records stay: the bytes of a file never change, and its words only through the program.
    """
    kinds = {ContentType.objects.get_for_model(recorded.model).pk: recorded for recorded in FILES}
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=page_keys,
        to_content_type__in=kinds,
    )
    keys_by_model: dict[RecordedModel, set[str]] = {}
    references = references.order_by("to_content_type_id", "to_object_id")
    for kind, key in references.values_list("to_content_type_id", "to_object_id").distinct():
        keys_by_model.setdefault(kinds[kind], set()).add(key)
    for recorded, keys in keys_by_model.items():
        known = _load_latest_prints(recorded.name, sorted(keys))
        missing = [key for key in keys - known.keys() if key.isdecimal()]
        record_files(recorded, recorded.model._default_manager.filter(pk__in=missing).order_by("pk"))


def record_files(recorded: RecordedModel, files: Iterable[Any]) -> None:
    """Record the public values of these files and the hash of their bytes."""
    records = []
    for file in files:
        records.append(build_row_record(recorded, file))
        digest = hash_stored_file(file.file.storage, file.file.name)
        if digest is not None and latest_record(FILE_BYTES, file.file.name) is None:
            records.append(build_record(FILE_BYTES, file.file.name, file.title, {"bytes": digest}))
    PublicRecord.objects.bulk_create(records)


# --- Redirects that Wagtail makes when an address changes ----------------------------------------------


def record_automatic_redirects_after_commit(page_key: int) -> None:
    """Record them when they exist: Wagtail inserts them in bulk, after the commit and without signals."""
    current = get_active_log_context().user
    transaction.on_commit(partial(record_automatic_redirects, page_key, current.pk if current else None))


def record_automatic_redirects(page_key: int, by_number: int | None) -> None:
    """Record the automatic redirects to a page and its descendants that have no record."""
    path = Page.objects.filter(pk=page_key).values_list("path", flat=True).first()
    if path is None:
        return
    rows = Redirect.objects.filter(automatically_created=True, redirect_page__path__startswith=path)
    records = [
        build_row_record(REDIRECTS, row) for row in rows.exclude(is_recorded(REDIRECTS)).order_by("pk")
    ]
    for record in records:
        record.by_number = record.by_number or by_number
    PublicRecord.objects.bulk_create(records)


def is_recorded(recorded: RecordedModel) -> models.Exists:
    """Return the condition of rows that have a record."""
    rows = PublicRecord.objects.filter(model=recorded.name, object_id=Cast(OuterRef("pk"), CharField()))
    return models.Exists(rows)
