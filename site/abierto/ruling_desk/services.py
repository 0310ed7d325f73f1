"""Upload, check, load, undo and discard batches. The command ``load_rulings`` does what takes time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.jobs.services import start_job
from abierto.media.reading import INLINE
from abierto.privacy.extraction.dispatch import extract_file
from abierto.privacy.extraction.process import extract_isolated
from abierto.spreadsheets.attachments import open_attachments
from abierto.spreadsheets.rows import RowProblem, SpreadsheetError
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage

from .loading.checking import CheckedBatch, check_batch
from .loading.saving import save_batch
from .loading.undoing import find_obstacles, undo_batch
from .models import RUNNING, BatchState, RulingBatch
from .queries import loadable_lists

COMMAND = "load_rulings"
#: After this time without a sign of life the work of a process that died is taken up again.
CLAIM = datetime.timedelta(minutes=15)
#: After so many days a batch that was not loaded is discarded with its files.
RETENTION_DAYS = 7
MOST_SHOWN = 500
"""Problems and notes that a batch keeps."""
PROGRESS_STEP = 5


def start_batch(
    index: RulingIndexPage, space: Space, by: User, sheet: File, archive: IO[bytes] | None = None
) -> RulingBatch:
    """Store an upload and let it be checked after the commit.

    Raises:
        NotAllowed: for a list that is not of the user's own tribunal.
    """
    if not loadable_lists(by).filter(pk=index.pk).exists():
        raise NotAllowed(_("Solo carga sentencias quien edita el espacio de su tribunal."))
    batch = RulingBatch(space=space, index=index, created_by=by, name=(sheet.name or "")[-255:])
    batch.sheet.save(batch.name, sheet, save=False)
    if archive is not None:
        batch.archive.save("archivos.zip", File(archive), save=False)
    batch.save()
    start_work()
    return batch


def start_work() -> None:
    """Let the command do what waits, after the commit."""
    transaction.on_commit(_start_job, robust=True)


def _start_job() -> None:
    if settings.ABIERTO_FILE_READER != INLINE:
        start_job(COMMAND)


def request_load(batch: RulingBatch, by: User) -> None:
    """Let a checked batch be loaded, in the name of ``by``."""
    _move_on(batch, BatchState.CHECKED, BatchState.TO_LOAD, by)


def request_undo(batch: RulingBatch, by: User) -> None:
    """Let a loaded batch be undone, in the name of ``by``.

    Raises:
        NotAllowed: naming the first page that stops it.
    """
    obstacles = find_obstacles(batch)
    if obstacles:
        raise NotAllowed(describe_obstacles(obstacles))
    _move_on(batch, BatchState.LOADED, BatchState.TO_UNDO, by)


def describe_obstacles(obstacles: list[Any]) -> str:
    first = obstacles[0]
    return _("No se puede deshacer: «%(title)s». %(reason)s En total lo impiden %(number)s páginas.") % {
        "title": first.title,
        "reason": first.reason,
        "number": len(obstacles),
    }


def _move_on(batch: RulingBatch, state: BatchState, following: BatchState, by: User) -> None:
    rows = RulingBatch.objects.filter(pk=batch.pk, state=state)
    if not rows.update(state=following, done=0, failure="", claimed_at=None, requested_by=by):
        raise NotAllowed(_("El lote ya cambió de estado. Mira cómo va."))
    batch.refresh_from_db()
    start_work()


def discard_batch(batch: RulingBatch) -> None:
    """Delete the files of a batch that will not be loaded."""
    if batch.state != BatchState.CHECKED:
        raise NotAllowed(_("El lote ya cambió de estado. Mira cómo va."))
    finish(batch, BatchState.DISCARDED)


def finish(batch: RulingBatch, state: BatchState, failure: str = "") -> None:
    """Store how a step ended; files remain only for a batch that is still to be loaded."""
    batch.state, batch.failure, batch.claimed_at, batch.finished_at = state, failure, None, timezone.now()
    if state != BatchState.CHECKED:
        batch.delete_files()
    batch.save()


# --- The command ---------------------------------------------------------------------------------------


def work() -> int:
    """Do all steps that wait, and those of processes that died; return how many."""
    discard_old()
    count = 0
    for batch in waiting_batches().order_by("pk"):
        claimed = waiting_batches().filter(pk=batch.pk).update(claimed_at=timezone.now())
        if claimed:
            do_step(batch)
            count += 1
    return count


def waiting_batches() -> Any:
    """Return the batches with a step to do that no living process has."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)
    return RulingBatch.objects.filter(free, state__in=[*RUNNING, *RUNNING.values()])


def discard_old() -> None:
    limit = timezone.now() - datetime.timedelta(days=RETENTION_DAYS)
    for batch in RulingBatch.objects.filter(state=BatchState.CHECKED, created_at__lt=limit):
        finish(batch, BatchState.DISCARDED)


def do_step(batch: RulingBatch) -> None:
    """Do the step of one batch in the language of the portal."""
    step = {
        BatchState.CHECKING: check_step,
        BatchState.LOADING: load_step,
        BatchState.UNDOING: undo_step,
    }[RUNNING.get(BatchState(batch.state), BatchState(batch.state))]
    batch.state = RUNNING.get(BatchState(batch.state), batch.state)
    RulingBatch.objects.filter(pk=batch.pk).update(state=batch.state, claimed_at=timezone.now())
    with translation.override(settings.LANGUAGE_CODE):
        step(batch)


def note_progress(batch: RulingBatch, done: int, total: int) -> None:
    """Store the progress and a sign of life, each few rows."""
    if done % PROGRESS_STEP == 0 or done == total:
        batch.done, batch.total = done, total
        RulingBatch.objects.filter(pk=batch.pk).update(done=done, total=total, claimed_at=timezone.now())


def check_step(batch: RulingBatch) -> None:
    """Check all rows; without problems the batch waits for an editor who loads it."""
    checked = check(batch)
    if checked.problems:
        finish(batch, BatchState.REFUSED)
    else:
        finish(batch, BatchState.CHECKED)


def check(batch: RulingBatch) -> CheckedBatch:
    """Check the rows of a batch and keep what was found."""
    try:
        with open_attachments(batch.archive or None) as files:
            checked = check_files(batch, files)
    except SpreadsheetError as error:
        checked = CheckedBatch(problems=error.problems)
    keep(batch, checked)
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
            partial(note_progress, batch),
            extract,
        )


def keep(batch: RulingBatch, checked: CheckedBatch) -> None:
    """Keep the problems, notes and readings of a check."""
    batch.problems, batch.notes = as_dicts(checked.problems), as_dicts(checked.notes)
    batch.readings = checked.readings


def as_dicts(problems: Iterable[RowProblem]) -> list[dict[str, Any]]:
    return [problem.as_dict() for problem in problems][:MOST_SHOWN]


def load_step(batch: RulingBatch) -> None:
    """Check the rows again, since others may have written meanwhile, and save all of them or none."""
    try:
        with open_attachments(batch.archive or None) as files:
            checked = check_files(batch, files)
            keep(batch, checked)
            if not checked.problems:
                with tree_lock():
                    save_batch(batch, checked, files, batch.requested_by or batch.created_by)
    except SpreadsheetError as error:
        batch.problems = as_dicts(error.problems)
    finish(batch, BatchState.REFUSED if batch.problems else BatchState.LOADED)


def undo_step(batch: RulingBatch) -> None:
    """Delete all that a batch made, or nothing."""
    with tree_lock():
        obstacles = undo_batch(batch, batch.requested_by or batch.created_by)
    if obstacles:
        finish(batch, BatchState.LOADED, describe_obstacles(obstacles))
    else:
        finish(batch, BatchState.UNDONE)
