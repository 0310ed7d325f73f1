"""Bulk import of registry rows from documents that are already public."""

from collections.abc import Iterable

from django.utils import timezone

from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.imports import current_import
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.models.approval import TITLE_LENGTH, base_content_type
from abierto.approval.review.validation import check_content

from .models.reviewed import ReviewedRow


def import_rows[Row: ReviewedRow](rows: Iterable[Row]) -> list[Row]:
    """Insert rows of one model and publish them, in three queries, inside ``imported(reason)``.

    The ledger entries are written first, because database triggers require them. No signals are sent.

    Raises:
        ValueError: outside ``imported``, which records the reason.
        InvalidVersion: if the edit form would refuse a row; then none is inserted.
    """
    current, new_rows = current_import(), list(rows)
    if current is None:
        raise ValueError("Import rows inside imported(reason): see abierto.approval.ledger.imports.")
    if not new_rows:
        return new_rows
    manager, now = type(new_rows[0])._default_manager, timezone.now()
    for row in new_rows:
        check_content(row, is_stored=False)
        row.live, row.first_published_at, row.last_published_at = False, now, now
    written = manager.bulk_create(new_rows)
    Approval.objects.bulk_create(
        Approval(
            content_type=base_content_type(row),
            object_id=str(row.pk),
            title=str(row)[:TITLE_LENGTH],
            sha=content_hash(row),
            kind=ApprovalKind.IMPORT,
            approver=current.by,
            comment=current.reason,
        )
        for row in written
    )
    manager.filter(pk__in=[row.pk for row in written]).update(live=True)
    for row in written:
        row.live = True
    return written
