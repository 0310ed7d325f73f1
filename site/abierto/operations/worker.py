"""The worker: one process that does everything that waits (``manage.py work``).

One thread drains the outbox of the search, one runs the tasks of each queue, and the main thread enqueues the
periodic jobs. Any number of workers may run, on any host: a task is claimed by one of them.
"""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.tasks.signals import task_enqueued
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from abierto.jobs.registry import QUEUES
from abierto.jobs.services import WORKER, has_waiting_task, requeue_lost_tasks, start_due_jobs
from search.engines import get_engine
from search.indexing.outbox import drain, is_worker_alive
from search.indexing.process_names import get_process_name, is_process_dead
from search.indexing.worker import Worker as OutboxWorker

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
TIMER_SECONDS = 5.0
LONGEST_PAUSE = 30.0


class PortalWorker:
    """Drains the outbox, runs the queues and enqueues the periodic jobs until it is stopped."""

    def __init__(self, parent: int = 0) -> None:
        """Prepare; with the number of the parent process, end when it does."""
        self._stopped = Event()
        self._parent = parent
        self._outbox = OutboxWorker(get_engine())

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """End after the tasks that run now. It is also a signal handler."""
        self._stopped.set()
        self._outbox.stop()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        turns = [partial(run_next_task, queue) for queue in QUEUES]
        threads = [Thread(target=self._repeat, args=(turn, IDLE_SECONDS)) for turn in turns]
        threads.append(Thread(target=self._outbox.run))
        for thread in threads:
            thread.start()
        self._repeat(self._take_up_work, TIMER_SECONDS)
        for thread in threads:
            thread.join()

    def _take_up_work(self) -> bool:
        if self._parent and os.getppid() != self._parent:
            self.stop()
            return False
        return take_up_work()

    def _repeat(self, turn: Callable[[], bool], idle: float) -> None:
        """Repeat a turn, at once while it finds work; while the database fails, less and less often."""
        pause = idle
        while not self._stopped.is_set():
            try:
                has_worked = turn()
            except DatabaseError:
                logger.exception("The worker cannot use the database")
                connections.close_all()
                pause = min(pause * 2, LONGEST_PAUSE)
                self._stopped.wait(pause)
                continue
            pause = idle
            if not has_worked:
                self._stopped.wait(idle)
        connections.close_all()


def run_next_task(queue: str) -> bool:
    """Run the next task of a queue, if there is one; return whether there was."""
    own = worker_id(queue)
    requeue_lost_tasks(lambda worker: worker == own)
    if not has_waiting_task(queue):
        return False
    QueueWorker(
        queue_names=[queue],
        interval=0,
        batch=True,
        backend_name=WORKER,
        startup_delay=False,
        max_tasks=1,
        worker_id=own,
        excluded_queue_names=[],
    ).run()
    return True


def take_up_work() -> bool:
    """Enqueue the jobs that are due and the tasks of dead workers; never work to do at once."""
    requeue_lost_tasks(lambda worker: is_process_dead(worker.rpartition("/")[0]))
    start_due_jobs()
    return False


def worker_id(queue: str) -> str:
    """Return the id of this process at a queue, 64 characters at most."""
    return f"{get_process_name()}/{queue}"[-64:]


def work_once(with_due_jobs: bool) -> int:
    """Run every task that waits, and with ``with_due_jobs`` the jobs that are due; return how many ran."""
    if with_due_jobs:
        take_up_work()
    drain(get_engine())
    count = 0
    for queue in QUEUES:
        while run_next_task(queue):
            count += 1
    return count


def connect_without_worker() -> None:
    """Start a process for each task that is enqueued while no worker is alive."""
    task_enqueued.connect(start_without_worker, sender=DatabaseBackend)


@contextmanager
def acting_as_worker() -> Iterator[None]:
    """Run in this process what it enqueues: its sign of life comes later, or never."""
    task_enqueued.disconnect(start_without_worker, sender=DatabaseBackend)
    try:
        yield
    finally:
        connect_without_worker()


def start_without_worker(**kwargs: Any) -> None:
    """Receiver of ``task_enqueued``: run what waits in a process of its own if no worker is alive."""
    if is_worker_alive():
        return
    command = [sys.executable, "-m", "django", "work", "--waiting"]
    command += ["--settings", settings.SETTINGS_MODULE, "--pythonpath", str(settings.ROOT / "site")]
    run = partial(subprocess.run, command, cwd=settings.ROOT, stdin=subprocess.DEVNULL, check=False)
    # The thread only takes the end of the process from the system.
    Thread(target=run, daemon=True).start()
