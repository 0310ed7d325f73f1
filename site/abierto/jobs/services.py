"""The queue: enqueue a job, run it, and requeue the tasks of a killed worker."""

import io
import logging
from collections.abc import Callable, Collection
from datetime import timedelta

from django.core.management import call_command
from django.db.models import Q
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import JobRun, Outcome
from .registry import QUEUES, Job, find_job, iter_jobs

logger = logging.getLogger(__name__)

WORKER = "worker"
"""The alias of the worker's queue in ``TASKS``; Wagtail's own tasks run at once, in ``default``."""
LONGEST_ERROR = 500
"""Characters of an error that are stored."""
GIVEN_UP_AFTER = timedelta(hours=6)
OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@task(backend=WORKER)
def run_job(command: str) -> None:
    """Run the command of a job, and store when it ran and how it ended."""
    run, _is_new = JobRun.objects.get_or_create(command=command)
    run.started_at, run.finished_at, run.outcome, run.error = timezone.now(), None, Outcome.RUNNING, ""
    run.save()
    try:
        # Some commands log what they print: no line of a job belongs on the screen of ``run.py``.
        words = find_job(command).command.split()
        call_command(*words, stdout=io.StringIO(), stderr=io.StringIO(), verbosity=0)
    except BaseException as error:  # a command may exit, too
        run.outcome, run.error = Outcome.FAILED, f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        raise
    else:
        run.outcome = Outcome.DONE
    finally:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at", "outcome", "error"])


def start_job(command: str) -> None:
    """Enqueue a job, unless it waits in the queue already. Call it after the commit.

    Raises:
        LookupError: if no job has this command.
    """
    job = find_job(command)
    if command not in _commands_in_queue([TaskResultStatus.READY]):
        _enqueue(job)


def start_due_jobs() -> list[str]:
    """Enqueue every job that is due and not in the queue; return their commands.

    Several workers may call it at once: the one that updates ``next_at`` enqueues the job. A date beyond the
    interval, written before the clock was set back, counts as due.
    """
    jobs = list(iter_jobs())
    known = set(JobRun.objects.values_list("command", flat=True))
    missing = [JobRun(command=job.command) for job in jobs if job.command not in known]
    JobRun.objects.bulk_create(missing, ignore_conflicts=True)
    now, busy, started = timezone.now(), _commands_in_queue(OPEN), []
    for job in jobs:
        due = Q(next_at__lte=now) | Q(next_at__gt=now + job.every)
        rows = JobRun.objects.filter(due, command=job.command)
        if job.command not in busy and rows.exists() and rows.update(next_at=now + job.every):
            _enqueue(job)
            started.append(job.command)
    return started


def has_waiting_task(queue: str) -> bool:
    """Check that a task of a queue is due; it takes no lock, unlike claiming one."""
    return DBTaskResult.objects.ready().filter(backend_name=WORKER, queue_name=queue).exists()


def requeue_lost_tasks(is_lost: Callable[[str], bool]) -> int:
    """Put unfinished tasks of dead workers back into the queue; return their number.

    A task that started ``GIVEN_UP_AFTER`` ago is requeued too, because its host may never return.

    Args:
        is_lost: checks whether the worker with this id has ended.
    """
    running = DBTaskResult.objects.filter(backend_name=WORKER, status=TaskResultStatus.RUNNING)
    given_up = timezone.now() - GIVEN_UP_AFTER
    lost = {
        row.pk
        for row in running
        if is_lost(row.worker_ids[-1]) or (row.started_at is not None and row.started_at < given_up)
    }
    return running.filter(pk__in=lost).update(status=TaskResultStatus.READY) if lost else 0


def _enqueue(job: Job) -> None:
    run_job.using(queue_name=job.queue).enqueue(job.command)


def _commands_in_queue(statuses: Collection[TaskResultStatus]) -> set[str]:
    rows = DBTaskResult.objects.filter(
        backend_name=WORKER, status__in=statuses, task_path=run_job.module_path, queue_name__in=QUEUES
    )
    return {str(command) for found in rows.values_list("args_kwargs", flat=True) for command in found["args"]}
