"""The part of the worker (``manage.py work``) that drains the outbox, instead of the requests of editors.

While one is alive, publishing only writes rows. Several may run, on any host: the writer's lock lets one
write at a time, and rows are deleted only after the index is committed.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from threading import Event

from django.db import Error as DatabaseError
from django.db import connections
from django.utils import timezone

from search.engines.base import SearchEngine
from search.models import WorkerBeat

from .outbox import DrainResult, drain
from .process_names import get_process_name

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
IDLE_SECONDS = 0.25
LONGEST_PAUSE = 30.0
FORGOTTEN_AFTER = timedelta(days=1)


class Worker:
    """Drains the outbox until it is stopped."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._name = get_process_name()
        self._stopped = Event()
        self._next_beat = 0.0
        self._pause = IDLE_SECONDS

    def stop(self) -> None:
        """Stop after the current batch."""
        self._stopped.set()

    def run(self) -> None:
        """Drain until it is stopped; then delete the heartbeat of this worker."""
        logger.info("The search worker %s began", self._name)
        while not self._stopped.is_set():
            self._stopped.wait(self.run_once())
        self._delete_heartbeat()
        logger.info("The search worker %s ended", self._name)

    def run_once(self) -> float:
        """Apply one batch; return the seconds to wait. After a failure they double, up to `LONGEST_PAUSE`."""
        try:
            self._beat()
            done = drain(self._engine, rounds=1)
        except DatabaseError:
            logger.exception("The search worker cannot read the outbox")
            connections.close_all()
            return self._back_off()
        if done.error or done.busy:
            return self._back_off()
        self._pause = IDLE_SECONDS
        return 0.0 if _has_applied(done) else IDLE_SECONDS

    def _back_off(self) -> float:
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return self._pause

    def _beat(self) -> None:
        if time.monotonic() < self._next_beat:
            return
        now = timezone.now()
        WorkerBeat.objects.update_or_create(holder=self._name, defaults={"seen_at": now})
        WorkerBeat.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
        self._next_beat = time.monotonic() + BEAT_SECONDS

    def _delete_heartbeat(self) -> None:
        try:
            WorkerBeat.objects.filter(holder=self._name).delete()
        except DatabaseError:
            logger.exception("The search worker could not delete its heartbeat")


def _has_applied(done: DrainResult) -> bool:
    return bool(done.settled or done.failed)
