"""Batches: an uploaded spreadsheet that is checked, loaded as drafts and undone as a whole.

Any kind of batch goes through the same states. A request stores the next step; the worker's management
command does it, notes its progress, and takes up the step of a process that died.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.bundles.models import Bundle
from abierto.jobs.services import start_job
from abierto.media.reading import INLINE
from abierto.spreadsheets.rows import RowProblem

#: After this time without a sign of life the work of a process that died is taken up again.
CLAIM = datetime.timedelta(minutes=15)
#: After so many days a batch that was not loaded is discarded with its files.
RETENTION_DAYS = 7
MOST_SHOWN = 500
"""Problems and notes that a batch keeps."""
PROGRESS_STEP = 5


class BatchState(models.TextChoices):
    """How far a batch is. The keys and values of ``RUNNING`` are work of the command."""

    TO_CHECK = "to_check", _("Por revisar")
    CHECKING = "checking", _("Revisando los renglones")
    REFUSED = "refused", _("Con errores: no se cargó nada")
    CHECKED = "checked", _("Revisado: falta cargarlo")
    TO_LOAD = "to_load", _("Por cargar")
    LOADING = "loading", _("Cargando")
    LOADED = "loaded", _("Cargado como borradores")
    TO_UNDO = "to_undo", _("Por deshacer")
    UNDOING = "undoing", _("Deshaciendo")
    UNDONE = "undone", _("Deshecho")
    DISCARDED = "discarded", _("Descartado")


#: The state of work that waits → while it runs.
RUNNING = {
    BatchState.TO_CHECK: BatchState.CHECKING,
    BatchState.TO_LOAD: BatchState.LOADING,
    BatchState.TO_UNDO: BatchState.UNDOING,
}
BUSY = frozenset({*RUNNING, *RUNNING.values()})


class Batch(models.Model):
    """What every kind of batch has; a subclass adds its space, its files and where it writes."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("quien lo subió"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("subido"), default=timezone.now, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien pidió el último paso"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    state = models.CharField(_("estado"), max_length=10, choices=BatchState, default=BatchState.TO_CHECK)
    name = models.CharField(_("nombre del archivo"), max_length=255)
    total = models.PositiveIntegerField(_("renglones"), default=0)
    done = models.PositiveIntegerField(_("renglones listos"), default=0)
    # Rows of ``RowProblem.as_dict``.
    problems = models.JSONField(_("errores"), default=list, blank=True)
    notes = models.JSONField(_("avisos"), default=list, blank=True)
    failure = models.TextField(_("por qué no se pudo"), blank=True)
    claimed_at = models.DateTimeField(_("se empezó"), null=True, editable=False)
    finished_at = models.DateTimeField(_("terminado"), null=True, editable=False)
    bundles = models.ManyToManyField(Bundle, verbose_name=_("paquetes"), related_name="+", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_busy(self) -> bool:
        """Check whether the command works on it, or will."""
        return self.state in BUSY

    def delete_files(self) -> None:
        """Delete the uploaded files, after the commit of the caller's transaction."""
        raise NotImplementedError

    def note_progress(self, done: int, total: int) -> None:
        """Store the progress and a sign of life, each few rows."""
        if done % PROGRESS_STEP == 0 or done == total:
            self.done, self.total = done, total
            rows = type(self)._default_manager.filter(pk=self.pk)
            rows.update(done=done, total=total, claimed_at=timezone.now())

    def finish(self, state: BatchState, failure: str = "") -> None:
        """Store how a step ended; files remain only for a batch that is still to be loaded."""
        self.state, self.failure, self.claimed_at, self.finished_at = state, failure, None, timezone.now()
        if state != BatchState.CHECKED:
            self.delete_files()
        self.save()

    def discard(self) -> None:
        """Delete the files of a batch that will not be loaded."""
        if self.state != BatchState.CHECKED:
            raise NotAllowed(gettext("El lote ya cambió de estado. Mira cómo va."))
        self.finish(BatchState.DISCARDED)


def to_dicts(problems: Iterable[RowProblem]) -> list[dict[str, Any]]:
    """Return the first problems as JSON values."""
    return [problem.as_dict() for problem in problems][:MOST_SHOWN]


@dataclass(frozen=True)
class BatchWork:
    """The steps of one kind of batch, each of which ends with ``Batch.finish``."""

    model: type[Any]
    command: str
    check: Callable[[Any], None]
    load: Callable[[Any], None]
    undo: Callable[[Any], None]

    def start(self) -> None:
        """Let the command do what waits, after the commit."""
        transaction.on_commit(self._start_job, robust=True)

    def _start_job(self) -> None:
        if settings.ABIERTO_FILE_READER != INLINE:
            start_job(self.command)

    def request(self, batch: Any, state: BatchState, following: BatchState, by: User) -> None:
        """Let a batch in ``state`` go on to the step that waits in ``following``, in the name of ``by``.

        Raises:
            NotAllowed: for a batch that is in another state by now.
        """
        rows = self.model.objects.filter(pk=batch.pk, state=state)
        if not rows.update(state=following, done=0, failure="", claimed_at=None, requested_by=by):
            raise NotAllowed(gettext("El lote ya cambió de estado. Mira cómo va."))
        batch.refresh_from_db()
        self.start()

    def run(self) -> int:
        """Do all steps that wait, and those of processes that died; return how many."""
        self.discard_old()
        count = 0
        for batch in self.waiting().order_by("pk"):
            if self.waiting().filter(pk=batch.pk).update(claimed_at=timezone.now()):
                self.do_step(batch)
                count += 1
        return count

    def waiting(self) -> QuerySet[Any]:
        """Return the batches with a step to do that no living process has."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)
        rows: QuerySet[Any] = self.model.objects.filter(free, state__in=BUSY)
        return rows

    def discard_old(self) -> None:
        limit = timezone.now() - datetime.timedelta(days=RETENTION_DAYS)
        for batch in self.model.objects.filter(state=BatchState.CHECKED, created_at__lt=limit):
            batch.discard()

    def do_step(self, batch: Any) -> None:
        """Do the step of one batch in the language of the portal."""
        state = BatchState(batch.state)
        batch.state = RUNNING.get(state, state)
        steps = {
            BatchState.CHECKING: self.check,
            BatchState.LOADING: self.load,
            BatchState.UNDOING: self.undo,
        }
        self.model.objects.filter(pk=batch.pk).update(state=batch.state, claimed_at=timezone.now())
        with translation.override(settings.LANGUAGE_CODE):
            steps[batch.state](batch)
