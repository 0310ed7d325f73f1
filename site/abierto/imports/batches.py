"""Batches: uploaded spreadsheets that are checked, loaded as drafts and undone as a whole.

All kinds of batches have the same states. A request stores the next step; a management command of the worker
runs it, stores its progress, and repeats the step of a process that was killed.
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

#: A step without progress for this time is run again: its process was killed.
CLAIM = datetime.timedelta(minutes=15)
#: Days after which a batch that was not loaded is discarded with its files.
RETENTION_DAYS = 7
MOST_SHOWN = 500
"""Number of problems, notes and changes that a batch stores."""
PROGRESS_STEP = 5


class BatchState(models.TextChoices):
    """The state of a batch. The command works on the states in ``RUNNING``, its keys and its values."""

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


#: State of a step that waits → state of the step while it runs.
RUNNING = {
    BatchState.TO_CHECK: BatchState.CHECKING,
    BatchState.TO_LOAD: BatchState.LOADING,
    BatchState.TO_UNDO: BatchState.UNDOING,
}
BUSY = frozenset({*RUNNING, *RUNNING.values()})


class Batch(models.Model):
    """Fields and states of every kind of batch; a subclass adds its space, files and target."""

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
        """Check whether a step of the batch waits or runs."""
        return self.state in BUSY

    def delete_files(self) -> None:
        """Delete the uploaded files, after the commit of the caller's transaction."""
        raise NotImplementedError

    def note_progress(self, done: int, total: int) -> None:
        """Store the progress and the time, every ``PROGRESS_STEP`` rows."""
        if done % PROGRESS_STEP == 0 or done == total:
            self.done, self.total = done, total
            rows = type(self)._default_manager.filter(pk=self.pk)
            rows.update(done=done, total=total, claimed_at=timezone.now())

    def finish(self, state: BatchState, failure: str = "") -> None:
        """Store the result of a step; delete the files unless the batch is checked and can be loaded."""
        self.state, self.failure, self.claimed_at, self.finished_at = state, failure, None, timezone.now()
        if state != BatchState.CHECKED:
            self.delete_files()
        self.save()

    def discard(self) -> None:
        """Discard a checked batch and delete its files.

        Raises:
            NotAllowed: for a batch in another state.
        """
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
        """Start the command that runs the waiting steps, after the commit."""
        transaction.on_commit(self._start_job, robust=True)

    def _start_job(self) -> None:
        if settings.ABIERTO_FILE_READER != INLINE:
            start_job(self.command)

    def request(self, batch: Any, state: BatchState, following: BatchState, by: User) -> None:
        """Move a batch from ``state`` to the waiting state ``following``; ``by`` requested the step.

        Raises:
            NotAllowed: if the batch has left ``state`` meanwhile.
        """
        rows = self.model.objects.filter(pk=batch.pk, state=state)
        if not rows.update(state=following, done=0, failure="", claimed_at=None, requested_by=by):
            raise NotAllowed(gettext("El lote ya cambió de estado. Mira cómo va."))
        batch.refresh_from_db()
        self.start()

    def run(self) -> int:
        """Run all waiting steps and those of killed processes; return their number."""
        self.discard_old()
        count = 0
        for batch in self.waiting().order_by("pk"):
            if self.waiting().filter(pk=batch.pk).update(claimed_at=timezone.now()):
                self.run_step(batch)
                count += 1
        return count

    def waiting(self) -> QuerySet[Any]:
        """Return the batches with a step that no running process has claimed."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)
        rows: QuerySet[Any] = self.model.objects.filter(free, state__in=BUSY)
        return rows

    def discard_old(self) -> None:
        limit = timezone.now() - datetime.timedelta(days=RETENTION_DAYS)
        for batch in self.model.objects.filter(state=BatchState.CHECKED, created_at__lt=limit):
            batch.discard()

    def run_step(self, batch: Any) -> None:
        """Run the step of one batch, with the messages in the language of the portal."""
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
