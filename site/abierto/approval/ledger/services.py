"""Add rows to the ledger, import rows in bulk, and check whether a revision may still be overwritten."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.confirmations.files import read_files_of
from abierto.approval.confirmations.services import confirm_all
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.models.approval import TITLE_LENGTH, base_content_type
from abierto.approval.review.validation import check_content

from .hashing import content_hash
from .imports import current_import


def is_revision_final(subject: Any, revision: Revision) -> bool:
    """Check whether a revision is live, scheduled, reviewed or in the ledger: it is not overwritten."""
    return (
        revision.pk == subject.live_revision_id
        or revision.approved_go_live_at is not None
        or TaskState.objects.filter(revision=revision).exists()
        or Approval.objects.of(subject).filter(revision_number=revision.pk).exists()
    )


def record_import(subject: Any, revision: Revision | None = None) -> None:
    """Record that the running import publishes ``subject`` (or one revision of it).

    Raises:
        InvalidVersion: when the edit form would refuse it.
    """
    current = current_import()
    sha = content_hash(revision or subject)
    number = revision.pk if revision else subject.live_revision_id
    last = Approval.latest(subject)
    if current is None or (last is not None and last.allows(sha, number)):
        return
    if not getattr(subject, "alias_of_id", None):  # an alias shows what its source was validated with
        content = revision.as_object() if revision else subject
        read_files_of(content)
        if current.by is not None and current.confirmation:
            confirm_all(content, current.confirmation, current.by)
        check_content(content)
    Approval.record(
        subject,
        ApprovalKind.IMPORT,
        sha=sha,
        approver=current.by,
        revision_number=number,
        comment=current.reason,
    )


def import_rows[Row: Any](rows: Iterable[Row]) -> list[Row]:
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


def record_inherited(alias: Any) -> None:
    """Record that a language alias shows what was approved on its source."""
    sha = content_hash(alias)
    if Approval.covers(alias, sha):
        return
    origin = Approval.latest(Page(pk=alias.alias_of_id))
    Approval.record(
        alias,
        ApprovalKind.INHERITED,
        sha=sha,
        approver=origin.approver if origin else None,
        reporter=origin.reporter if origin else None,
        authors=origin.authors if origin else (),
        revision_number=origin.revision_number if origin else None,
    )


def record_withdrawal(subject: models.Model, comment: str = "", by: User | None = None) -> Approval:
    """Record that ``subject`` was withdrawn, which ends its approval; return the row."""
    last = Approval.latest(subject)
    current = current_import()
    return Approval.record(
        subject,
        ApprovalKind.WITHDRAWN,
        sha=last.sha if last else "",
        approver=current.by if current else by,
        revision_number=last.revision_number if last else None,
        comment=comment,
    )
