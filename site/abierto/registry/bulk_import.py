"""Many rows at once, from documents that are public already: the demo's, or an import's."""

from collections.abc import Iterable

from django.utils import timezone

from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.imports import current_import
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.models.approval import TITLE_LENGTH, base_content_type
from abierto.approval.review.validation import check_content

from .models.reviewed import ReviewedRow


def bring_in[Row: ReviewedRow](rows: Iterable[Row]) -> list[Row]:
    """Insert rows of one model and make them public, in three queries, inside ``imported(reason)``.

    The ledger comes before the light: the database asks it. No signal is sent for each row.

    Raises:
        ValueError: outside ``imported``: somebody must say why.
        InvalidVersion: when the edit form would refuse a row; then none is inserted.
    """
    current, brought = current_import(), list(rows)
    if current is None:
        raise ValueError("Rows are brought in with a reason: see abierto.approval.ledger.imports.")
    if not brought:
        return brought
    manager, now = type(brought[0])._default_manager, timezone.now()
    for row in brought:
        check_content(row, is_stored=False)
        row.live, row.first_published_at, row.last_published_at = False, now, now
    written = manager.bulk_create(brought)
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
