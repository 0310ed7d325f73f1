"""Upload, check, load and undo batches. The command ``load_rulings`` runs the steps that take time."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.imports.batches import BatchState, BatchWork, to_dicts
from abierto.imports.undo_obstacles import describe_obstacles
from abierto.media.reading import INLINE
from abierto.privacy.extraction.dispatch import extract_file
from abierto.privacy.extraction.process import extract_isolated
from abierto.spreadsheets.attachments import open_attachments
from abierto.spreadsheets.rows import SpreadsheetError
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage

from .loading.row_checks import CheckedBatch, check_batch
from .loading.saving import save_batch
from .loading.undo import find_obstacles, undo_batch
from .models import RulingBatch
from .queries import loadable_lists


def start_batch(
    index: RulingIndexPage, space: Space, by: User, sheet: File, archive: IO[bytes] | None = None
) -> RulingBatch:
    """Store an upload and start its check after the commit.

    Raises:
        NotAllowed: if the user does not edit the tribunal of the list.
    """
    if not loadable_lists(by).filter(pk=index.pk).exists():
        raise NotAllowed(_("Solo carga sentencias quien edita el espacio de su tribunal."))
    batch = RulingBatch(space=space, index=index, created_by=by, name=(sheet.name or "")[-255:])
    batch.sheet.save(batch.name, sheet, save=False)
    if archive is not None:
        batch.archive.save("archivos.zip", File(archive), save=False)
    batch.save()
    WORK.start()
    return batch


def request_load(batch: RulingBatch, by: User) -> None:
    """Request the load of a checked batch; ``by`` becomes the author of the drafts."""
    WORK.request(batch, BatchState.CHECKED, BatchState.TO_LOAD, by)


def request_undo(batch: RulingBatch, by: User) -> None:
    """Request the undo of a loaded batch.

    Raises:
        NotAllowed: naming the first page that stops it.
    """
    obstacles = find_obstacles(batch)
    if obstacles:
        raise NotAllowed(describe_obstacles(obstacles))
    WORK.request(batch, BatchState.LOADED, BatchState.TO_UNDO, by)


def check_step(batch: RulingBatch) -> None:
    """Check all rows; a batch without problems waits until an editor loads it."""
    checked = check_rows(batch)
    if checked.problems:
        batch.finish(BatchState.REFUSED)
    else:
        batch.finish(BatchState.CHECKED)


def check_rows(batch: RulingBatch) -> CheckedBatch:
    """Check the rows of a batch and set the results on it."""
    try:
        with open_attachments(batch.archive or None) as files:
            checked = check_files(batch, files)
    except SpreadsheetError as error:
        checked = CheckedBatch(problems=error.problems)
    store_outcome(batch, checked)
    return checked


def check_files(batch: RulingBatch, files: Any) -> CheckedBatch:
    extract = extract_file if settings.ABIERTO_FILE_READER == INLINE else extract_isolated
    with batch.sheet.open("rb") as sheet:
        return check_batch(
            batch.index,
            batch.space,
            files,
            sheet,
            batch.name,
            batch.readings,
            batch.note_progress,
            extract,
        )


def store_outcome(batch: RulingBatch, checked: CheckedBatch) -> None:
    """Set the problems, notes and readings of a check on the batch."""
    batch.problems, batch.notes = to_dicts(checked.problems), to_dicts(checked.notes)
    batch.readings = checked.readings


def load_step(batch: RulingBatch) -> None:
    """Check the rows again, because content may have changed meanwhile, and save all of them or none."""
    try:
        with open_attachments(batch.archive or None) as files:
            checked = check_files(batch, files)
            store_outcome(batch, checked)
            if not checked.problems:
                with tree_lock():
                    save_batch(batch, checked, files, batch.requested_by or batch.created_by)
    except SpreadsheetError as error:
        batch.problems = to_dicts(error.problems)
    batch.finish(BatchState.REFUSED if batch.problems else BatchState.LOADED)


def undo_step(batch: RulingBatch) -> None:
    """Undo the whole batch, or store why it cannot be undone."""
    with tree_lock():
        obstacles = undo_batch(batch, batch.requested_by or batch.created_by)
    if obstacles:
        batch.finish(BatchState.LOADED, describe_obstacles(obstacles))
    else:
        batch.finish(BatchState.UNDONE)


WORK = BatchWork(RulingBatch, "load_rulings", check_step, load_step, undo_step)
