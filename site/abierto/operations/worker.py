"""The worker process (``manage.py work``): outbox of the search, task queues and periodic jobs.

One thread drains the outbox, one thread for each queue runs its tasks, and the main thread enqueues the
periodic jobs. Several workers may run, also on several hosts: each task is claimed by one of them.
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
    """Runs the threads of the outbox and the queues, and enqueues the periodic jobs, until it is stopped."""

    def __init__(self, parent: int = 0) -> None:
        """With the id of a parent process, the worker ends when that process ends."""
        self._stopped = Event()
        self._parent = parent
        self._outbox = OutboxWorker(get_engine())

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Stop after the running tasks; also a signal handler."""
        self._stopped.set()
        self._outbox.stop()

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; blocks the main thread."""
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
        """Repeat ``turn``: without a pause while it finds work, with longer ones while the database fails."""
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
    """Run the next task of a queue; return whether there was one."""
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
    """Run all waiting tasks, with ``with_due_jobs`` also the due jobs; return their number."""
    if with_due_jobs:
        take_up_work()
    drain(get_engine())
    count = 0
    for queue in QUEUES:
        while run_next_task(queue):
            count += 1
    return count


def connect_without_worker() -> None:
    """Connect ``start_without_worker``, so that tasks run also while no worker is alive."""
    task_enqueued.connect(start_without_worker, sender=DatabaseBackend)


@contextmanager
def acting_as_worker() -> Iterator[None]:
    """Disconnect ``start_without_worker`` in this process, which runs the tasks itself."""
    task_enqueued.disconnect(start_without_worker, sender=DatabaseBackend)
    try:
        yield
    finally:
        connect_without_worker()


def start_without_worker(**kwargs: Any) -> None:
    """Receiver of ``task_enqueued``: start a process for the waiting tasks if no worker is alive."""
    if is_worker_alive():
        return
    command = [sys.executable, "-m", "django", "work", "--waiting"]
    command += ["--settings", settings.SETTINGS_MODULE, "--pythonpath", str(settings.ROOT / "site")]
    run = partial(subprocess.run, command, cwd=settings.ROOT, stdin=subprocess.DEVNULL, check=False)
    # The thread only waits for the process, so that no zombie remains.
    Thread(target=run, daemon=True).start()
