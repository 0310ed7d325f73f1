"""Upload, check, load and undo imports. The command ``import_batches`` runs the steps that take time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.review.submission import start_review
from abierto.bundles.models import Bundle
from abierto.bundles.services import prepare_bundle
from abierto.spreadsheets.reading import read_book
from abierto.spreadsheets.rows import RowProblem, SpreadsheetError

from .batches import MOST_SHOWN, BatchState, BatchWork, to_dicts
from .kinds import CheckedImport, ImportKind, Target
from .models import ImportBatch, ImportedRow, ImportedVersion
from .queries import KINDS, find_target
from .row_kinds import find_rows_in_review
from .undo import Version, load_versions, plan_undo, undo_batch
from .undo_obstacles import describe_obstacles

#: A review screen shows every page of a bundle.
PAGES_IN_BUNDLE = 100


def start_batch(kind: ImportKind, target: Target, by: User, sheet: File) -> ImportBatch:
    """Store an uploaded file and start its check after the commit.

    Raises:
        NotAllowed: if ``by`` may not import into ``target``.
    """
    if find_target(kind, by, target.key) is None:
        raise NotAllowed(_("Solo importa quien edita el espacio."))
    batch = ImportBatch(kind=kind.name, space=target.space, target=target.page, created_by=by)
    batch.name = (sheet.name or "")[-255:]
    batch.sheet.save(batch.name, sheet, save=False)
    batch.save()
    WORK.start()
    return batch


def request_load(batch: ImportBatch, by: User) -> None:
    """Request the load of a checked batch; ``by`` becomes the author of the drafts."""
    if not batch.change_count:
        raise NotAllowed(_("La hoja no cambia nada: no hay qué cargar."))
    WORK.request(batch, BatchState.CHECKED, BatchState.TO_LOAD, by)


def request_undo(batch: ImportBatch, by: User) -> None:
    """Request the undo of a loaded batch.

    Raises:
        NotAllowed: naming the first page that stops it.
    """
    obstacles = plan_undo(batch).obstacles
    if obstacles:
        raise NotAllowed(describe_obstacles(obstacles))
    WORK.request(batch, BatchState.LOADED, BatchState.TO_UNDO, by)


def check_step(batch: ImportBatch) -> None:
    """Check all rows; a batch without problems waits until an editor loads it."""
    check_rows(batch, batch.created_by)
    batch.finish(BatchState.REFUSED if batch.problems else BatchState.CHECKED)


def check_rows(batch: ImportBatch, by: User) -> CheckedImport:
    """Check the rows of a batch with the permissions of ``by``, and set the results on the batch.

    The permission is checked again, because the account may have left the space since the upload.
    """
    kind = KINDS[batch.kind]
    checked = CheckedImport()
    try:
        target = find_target(kind, by, Target(batch.space, batch.target).key)
        if target is None:
            raise NotAllowed(_("Solo importa quien edita el espacio."))
        with batch.sheet.open("rb") as sheet:
            book = read_book(sheet, batch.name, kind.build_sheets(), kind.most_rows)
        checked = kind.check(target, by, book, batch.note_progress)
    except SpreadsheetError as error:
        checked.problems = error.problems
    except NotAllowed as refusal:
        checked.problems = [RowProblem(str(refusal.sentence))]
    batch.problems, batch.notes = to_dicts(checked.problems), to_dicts(checked.notes)
    batch.changes = [change.as_dict() for change in checked.changes[:MOST_SHOWN]]
    batch.change_count = len(checked.changes)
    return checked


def load_step(batch: ImportBatch) -> None:
    """Check the rows again, because content may have changed meanwhile, and save all of them or none."""
    by = batch.requested_by or batch.created_by
    try:
        with tree_lock(), transaction.atomic():
            checked = check_rows(batch, by)
            if not batch.problems:
                save_drafts(batch, checked, by)
    except SpreadsheetError as error:
        batch.problems = to_dicts(error.problems)
    batch.finish(BatchState.REFUSED if batch.problems else BatchState.LOADED)


def save_drafts(batch: ImportBatch, checked: CheckedImport, by: User) -> None:
    """Save the drafts, note their versions, and put the pages among them into prepared bundles."""
    kind = KINDS[batch.kind]
    pages = []
    for item in kind.write(checked, by):
        item.subject.refresh_from_db(fields=["latest_revision"])
        version: ImportedVersion | ImportedRow
        if isinstance(item.subject, Page):
            version = ImportedVersion(batch=batch, page_id=item.subject.pk)
            pages.append(item.subject)
        else:
            version = ImportedRow(batch=batch, subject=item.subject)
        version.row, version.is_new = item.row, item.is_new
        version.revision_id, version.before_id = item.subject.latest_revision_id, item.before
        version.save()
    parts = list(batched(sorted(pages, key=lambda page: page.path), PAGES_IN_BUNDLE))
    for number, part in enumerate(parts, 1):
        name = _("%(kind)s · lote %(batch)s") % {"kind": kind.label, "batch": batch.pk}
        if len(parts) > 1:
            about = {"name": name, "number": number, "total": len(parts)}
            name = _("%(name)s (%(number)s de %(total)s)") % about
        batch.bundles.add(prepare_bundle(Bundle(name=name), part, by))


def find_unsent(batch: ImportBatch, versions: Iterable[Version]) -> list[ImportedRow]:
    """Return the registry rows of the batch whose draft is not in review.

    For an undone batch these are only the earlier versions of public rows, which the undo proposed again.
    """
    is_undone = batch.state == BatchState.UNDONE
    rows = [
        row
        for row in versions
        if isinstance(row, ImportedRow)
        and row.subject.has_unpublished_changes
        and row.revision_id == (row.subject.live_revision_id if is_undone else row.subject.latest_revision_id)
    ]
    waiting = find_rows_in_review(type(rows[0].subject), [row.subject for row in rows]) if rows else set()
    return [row for row in rows if row.key not in waiting]


@tree_lock()
def request_send(batch: ImportBatch, by: User) -> None:
    """Send the rows of a batch to the reviewers of their spaces: all of them, or none.

    Raises:
        ReviewRefused: naming the row that cannot be sent.
    """
    unsent = find_unsent(batch, load_versions(batch))
    if not unsent:
        raise NotAllowed(_("Todo lo de este lote ya se envió o ya se decidió."))
    note = _("Lote de importación %(batch)s.") % {"batch": batch.pk}
    with transaction.atomic():
        for row in unsent:
            start_review(row.subject, by, note)


def undo_step(batch: ImportBatch) -> None:
    """Undo the whole batch, or store why it cannot be undone."""
    with tree_lock():
        obstacles = undo_batch(batch, batch.requested_by or batch.created_by)
    if obstacles:
        batch.finish(BatchState.LOADED, describe_obstacles(obstacles))
    else:
        batch.finish(BatchState.UNDONE)


WORK = BatchWork(ImportBatch, "import_batches", check_step, load_step, undo_step)
