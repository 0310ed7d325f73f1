"""Periodic jobs: when they are due, the record of a run, and the state after a killed worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from django.core.management.base import CommandError
from django.tasks import TaskResultStatus, task_backends
from django.utils import timezone
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from abierto.jobs import services
from abierto.jobs.models import JobRun, Outcome
from abierto.jobs.registry import LONG, QUICK, Job, iter_jobs, register_job
from abierto.jobs.states import find_job_states
from abierto.operations import worker
from abierto.operations.doctor.machine import check_work
from abierto.operations.management.commands import serve
from abierto.settings import base
from search.models import WorkerBeat

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def queue(monkeypatch):
    """The queue in the database, and a worker that is alive."""
    recorded = task_backends[services.WORKER]
    task_backends[services.WORKER] = DatabaseBackend(services.WORKER, base.TASKS[services.WORKER])
    # The connection of a test must stay open.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", int)
    WorkerBeat.objects.create(holder="otra:1", seen_at=timezone.now())
    yield
    task_backends[services.WORKER] = recorded


def queued() -> list[str]:
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return sorted(row.args_kwargs["args"][0] for row in rows)


def test_each_due_job_is_enqueued_once_by_any_number_of_workers():
    names = sorted(job.command for job in iter_jobs())
    assert {"publish_scheduled", "remind", "read_files", "check_sites", "export_data"} <= set(names)

    assert services.start_due_jobs() == names
    assert services.start_due_jobs() == []
    assert queued() == names


def test_a_job_is_due_again_after_its_interval_and_after_the_clock_was_set_back():
    services.start_due_jobs()
    DBTaskResult.objects.all().delete()
    JobRun.objects.filter(command="remind").update(next_at=timezone.now() - timedelta(seconds=1))
    JobRun.objects.filter(command="publish_scheduled").update(next_at=timezone.now() + timedelta(hours=1))

    assert services.start_due_jobs() == ["publish_scheduled", "remind"]


def test_long_jobs_have_a_queue_of_their_own():
    services.start_due_jobs()
    queues = {row.args_kwargs["args"][0]: row.queue_name for row in DBTaskResult.objects.all()}
    assert queues["publish_scheduled"] == QUICK
    assert queues["export_data"] == LONG


def test_a_request_for_what_waits_already_adds_nothing():
    services.start_job("read_files")
    services.start_job("read_files")
    assert queued() == ["read_files"]
    with pytest.raises(LookupError):
        services.start_job("flush")


def test_a_run_records_its_time_and_its_outcome(monkeypatch):
    services.start_job("delete_redactions")
    services.start_job("remind")
    monkeypatch.setattr("abierto.deadlines.management.commands.remind.send_reminders", fail)

    assert worker.work_once(with_due_jobs=False) == 2

    done, failed = JobRun.objects.get(command="delete_redactions"), JobRun.objects.get(command="remind")
    assert done.outcome == Outcome.DONE
    assert done.started_at <= done.finished_at
    assert failed.outcome == Outcome.FAILED
    assert failed.error == "CommandError: El servidor de correo no responde."
    states = {state.job.command: state for state in find_job_states()}
    assert not states["delete_redactions"].is_late
    assert states["remind"].has_failed
    assert "correo" not in str(states["remind"].as_json())
    assert states["export_data"].is_late


def fail():
    raise CommandError("El servidor de correo no responde.")


def test_a_job_writes_no_line_to_the_log(caplog):
    (command,) = [job.command for job in iter_jobs() if job.command.startswith("prune_")]

    services.run_job.call(command)

    assert JobRun.objects.get(command=command).outcome == Outcome.DONE
    assert caplog.records == []


def test_the_doctor_shows_each_job_and_whether_a_worker_is_alive():
    services.start_job("delete_redactions")
    worker.work_once(with_due_jobs=False)
    found = {diagnosis.part: diagnosis for diagnosis in check_work()}
    assert found["Trabajador"].fix == ""
    assert ", bien." in found["Trabajo «delete_redactions»"].detail
    assert found["Trabajo «export_data»"].fix == "python3 run.py manage export_data"

    WorkerBeat.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert next(check_work()).fix.startswith("python3 run.py manage work")


def test_a_task_of_a_killed_worker_is_run_by_the_next():
    services.start_job("delete_redactions")
    DBTaskResult.objects.get().claim("otra:1/default")
    assert not services.has_waiting_task(QUICK)

    assert services.requeue_lost_tasks(lambda worker_id: worker_id != "otra:1/default") == 0
    DBTaskResult.objects.update(started_at=timezone.now() - services.GIVEN_UP_AFTER)
    assert services.requeue_lost_tasks(lambda worker_id: False) == 1
    DBTaskResult.objects.get().claim(worker.worker_id(QUICK))
    assert worker.run_next_task(QUICK)

    assert JobRun.objects.get().outcome == Outcome.DONE
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()


def test_without_a_worker_a_process_runs_what_waits(monkeypatch):
    started = []
    monkeypatch.setattr(worker, "Thread", lambda target, daemon: SimpleNamespace(start=target))
    monkeypatch.setattr(worker.subprocess, "run", lambda command, **options: started.append(command[3:5]))
    services.start_job("read_files")
    assert started == []
    WorkerBeat.objects.all().delete()
    services.start_job("remind")
    assert started == [["work", "--waiting"]]
    with worker.acting_as_worker():
        services.start_job("delete_redactions")
    assert started == [["work", "--waiting"]]


def test_the_server_of_one_machine_starts_a_worker_again_and_ends_it(monkeypatch):
    commands, processes = [], []

    def start(command, **options):
        commands.append(command[2:])
        processes.append(real_popen([sys.executable, "-c", "import time; time.sleep(60)"], **options))
        return processes[-1]

    real_popen = subprocess.Popen
    monkeypatch.setattr(serve.subprocess, "Popen", start)
    monkeypatch.setattr(serve, "PAUSE_SECONDS", 0.1)
    ended = Event()
    supervisor = Thread(target=serve.supervise, args=(ended,))
    supervisor.start()
    wait_until(lambda: len(processes) == 1)
    processes[0].kill()
    wait_until(lambda: len(processes) == 2)

    ended.set()
    supervisor.join()

    assert commands == [["work", "--beside", str(os.getpid())]] * 2
    assert processes[1].returncode == -signal.SIGTERM


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait a few seconds for another thread."""
    deadline = time.monotonic() + 20
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert is_so()


def test_two_jobs_cannot_have_the_same_command():
    with pytest.raises(ValueError, match="remind"):
        register_job(Job("remind", "Otro", timedelta(days=1)))
