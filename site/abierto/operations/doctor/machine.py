"""Doctor checks of the machine: Python, database, disk, worker and its jobs."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from abierto import scanning
from abierto.jobs.states import JobState, age_of_queue, find_job_states
from abierto.operations.backups.databases import count_pending_migrations
from abierto.operations.diagnosis import Diagnosis, failed, passed, warning
from search.indexing.outbox import is_worker_alive

MINIMUM_PYTHON = (3, 12)
#: Warn below this share of free disk space.
MIN_FREE_SHARE = 0.2
MIGRATE = "python3 run.py manage migrate"
WORK = "python3 run.py manage work"
LONG_QUEUE_SECONDS = 600
"""Age of the oldest waiting task from which the queue is reported."""


def check_python() -> Iterator[Diagnosis]:
    detail = platform.python_version()
    if sys.version_info >= MINIMUM_PYTHON:
        yield passed("Python", detail)
    else:
        yield failed("Python", detail, "Instala Python 3.12 o posterior y ejecuta: python3 run.py")


def check_database() -> Iterator[Diagnosis]:
    """Check the connection, the pending migrations and the SQLite journal."""
    vendor = connection.display_name
    try:
        connection.ensure_connection()
        pending = count_pending_migrations()
    except DatabaseError as error:
        yield failed(
            "Base de datos",
            f"{vendor}: {' '.join(str(error).split())}",
            "Revisa DATABASE_URL y que el servidor esté encendido.",
        )
        return
    yield passed("Base de datos", f"{vendor} {'.'.join(map(str, connection.get_database_version()))}")
    if pending:
        yield failed("Tablas", f"Faltan {pending} migraciones.", MIGRATE)
    else:
        yield passed("Tablas", "Al día.")
    yield from check_sqlite_journal()


def check_sqlite_journal() -> Iterator[Diagnosis]:
    """Check that SQLite uses WAL, so that readers and writers do not block each other."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode in {"wal", "memory"}:
        yield passed("SQLite", f"Diario {mode}: se lee mientras se escribe.")
    else:
        yield warning(
            "SQLite", f"Diario {mode}.", "Mueve la base a un disco local: en red no hay diario WAL."
        )


def check_data_folder() -> Iterator[Diagnosis]:
    """Check that the data folder is writable and has free space."""
    folder = Path(settings.ABIERTO_DATA)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield failed(
            "Carpeta de datos", f"{folder} no se puede escribir.", f"mkdir -p {folder} y dale permiso."
        )
        return
    usage = shutil.disk_usage(folder)
    free = f"{usage.free // 1024**3} GB libres en {folder}"
    if usage.free < MIN_FREE_SHARE * usage.total:
        yield warning("Carpeta de datos", free, "Libera espacio: con el disco lleno nada se puede publicar.")
    else:
        yield passed("Carpeta de datos", free)


def check_scanner() -> Iterator[Diagnosis]:
    """Check that the virus scanner answers, if one is set."""
    if not settings.ABIERTO_CLAMD:
        return
    try:
        scanning.ping()
    except scanning.ScannerError as error:
        detail = f"{settings.ABIERTO_CLAMD} no responde ({error})."
        fix = "systemctl restart clamav-daemon, o corrige ABIERTO_CLAMD"
        if settings.ABIERTO_CLAMD_REQUIRED:
            yield failed("Antivirus", f"{detail} No se guarda nada de lo que se sube.", fix)
        else:
            yield warning("Antivirus", f"{detail} Lo que se sube se guarda sin revisar.", fix)
    else:
        yield passed("Antivirus", settings.ABIERTO_CLAMD)


def check_work() -> Iterator[Diagnosis]:
    """Check that a worker is alive, the age of the queue, and the last run of each job."""
    try:
        has_worker, age, states = is_worker_alive(), age_of_queue(), find_job_states()
    except DatabaseError:
        yield failed("Trabajador", "No se puede leer.", MIGRATE)
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
