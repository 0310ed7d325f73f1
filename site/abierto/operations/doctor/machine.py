"""Doctor checks of the machine: Python, database, disk."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from abierto.operations.diagnosis import Diagnosis, failed, passed, warning

MINIMUM_PYTHON = (3, 12)
#: Warn below this share of free disk space.
MIN_FREE_SHARE = 0.2
MIGRATE = "python3 run.py manage migrate"


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
        plan = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as error:
        yield failed(
            "Base de datos",
            f"{vendor}: {' '.join(str(error).split())}",
            "Revisa DATABASE_URL y que el servidor esté encendido.",
        )
        return
    yield passed("Base de datos", f"{vendor} {'.'.join(map(str, connection.get_database_version()))}")
    if plan:
        yield failed("Tablas", f"Faltan {len(plan)} migraciones.", MIGRATE)
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
