"""The state of the periodic jobs and of the queue, for ``doctor`` and the readiness check."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import JobRun, Outcome
from .registry import Job, iter_jobs
from .services import WORKER

GRACE = timedelta(minutes=10)
"""How long after its interval a job may wait for the worker before it counts as late."""


@dataclass(frozen=True, slots=True)
class JobState:
    """A job and its last run, if it ever ran."""

    job: Job
    run: JobRun | None

    @property
    def has_failed(self) -> bool:
        return self.run is not None and self.run.outcome == Outcome.FAILED

    @property
    def is_late(self) -> bool:
        """Check whether the job has not started in time; a job that never ran is late."""
        if self.run is None or self.run.started_at is None:
            return True
        return self.run.started_at < timezone.now() - self.job.every - GRACE

    @property
    def duration(self) -> timedelta | None:
        """Return how long the last run took; None while it runs."""
        if self.run is None or self.run.started_at is None or self.run.finished_at is None:
            return None
        return self.run.finished_at - self.run.started_at

    def as_json(self) -> dict[str, object]:
        """Return the state without the text of errors, which may name a person."""
        run = self.run
        return {
            "job": self.job.command,
            "outcome": run.outcome if run else "",
            "started": run.started_at.isoformat() if run and run.started_at else None,
            "seconds": self.duration.total_seconds() if self.duration is not None else None,
            "late": self.is_late,
        }


def find_job_states() -> list[JobState]:
    """Return the state of every job, with one query."""
    runs = JobRun.objects.in_bulk()
    return [JobState(job, runs.get(job.command)) for job in iter_jobs()]


def age_of_queue() -> timedelta:
    """Return how long the oldest waiting task has waited; zero if none waits."""
    waiting = DBTaskResult.objects.filter(backend_name=WORKER, status=TaskResultStatus.READY)
    oldest = waiting.aggregate(oldest=Min("enqueued_at"))["oldest"]
    return timezone.now() - oldest if oldest else timedelta(0)
