"""Doctor checks of the worker and of the periodic jobs."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils import timezone

from abierto.jobs.states import JobState, age_of_queue, find_job_states
from search.indexing.outbox import is_worker_alive

from .diagnosis import Diagnosis, failed, passed, warning

WORK = "python3 run.py manage work"
LONG_QUEUE_SECONDS = 600
"""A task that waits longer than this is reported."""


def check_work() -> Iterator[Diagnosis]:
    """Check that a worker is alive, that nothing waits for it, and how each job ended."""
    try:
        has_worker, age, states = is_worker_alive(), age_of_queue(), find_job_states()
    except DatabaseError:
        yield failed("Trabajador", "No se puede leer.", "python3 run.py manage migrate")
        return
    if has_worker:
        yield passed("Trabajador", "Hace lo que espera.")
    else:
        detail = "No corre: quien publica espera al buscador, y nada periódico se hace."
        yield warning("Trabajador", detail, f"{WORK}  (run.py arranca uno; en un servidor, con systemd)")
    if age.total_seconds() > LONG_QUEUE_SECONDS:
        yield warning("Cola de trabajos", f"Lo más antiguo espera desde hace {age}.", WORK)
    for state in states:
        yield describe_job(state)


def describe_job(state: JobState) -> Diagnosis:
    """Return when a job last ran, how long it took and how it ended."""
    part = f"Trabajo «{state.job.command}»"
    run_now = f"python3 run.py manage {state.job.command}"
    run = state.run
    if run is None or run.started_at is None:
        return warning(part, f"{state.job.label}: nunca ha corrido.", run_now)
    when = timezone.localtime(run.started_at).strftime("%d/%m/%Y %H:%M")
    took = f", {state.duration.total_seconds():.1f} s" if state.duration is not None else ""
    detail = f"{state.job.label}: {when}{took}, {run.get_outcome_display()}."
    if state.has_failed:
        return warning(part, f"{detail} {run.error}", run_now)
    return warning(part, f"{detail} Ya le tocaba.", WORK) if state.is_late else passed(part, detail)
