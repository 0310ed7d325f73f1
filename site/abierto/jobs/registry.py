"""The periodic jobs: management commands that the worker runs. Each app registers its own in ``ready``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

QUICK = "default"
LONG = "long"
QUEUES = (QUICK, LONG)
"""The queues of the worker: a long job does not delay the jobs of the other queue."""


@dataclass(frozen=True, slots=True)
class Job:
    """A management command that must find its work in the database, and may run at any time and twice."""

    command: str
    """The name of the command and its arguments, separated by spaces."""
    label: Any
    """What it does, in Spanish."""
    every: timedelta
    is_long: bool = False
    """Whether it may take minutes."""

    @property
    def queue(self) -> str:
        return LONG if self.is_long else QUICK


_jobs: dict[str, Job] = {}


def register_job(job: Job) -> None:
    """Register a job that the worker runs.

    Raises:
        ValueError: if another job has the same command.
    """
    if _jobs.setdefault(job.command, job) != job:
        raise ValueError(f"Another job has the command «{job.command}»")


def iter_jobs() -> Iterator[Job]:
    """Yield the registered jobs, sorted by command."""
    yield from (_jobs[command] for command in sorted(_jobs))


def find_job(command: str) -> Job:
    """Return the job with this command.

    Raises:
        LookupError: if there is none.
    """
    return _jobs[command]
