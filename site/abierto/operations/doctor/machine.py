"""The machine: Python, database, disk."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from .diagnosis import Diagnosis, bad, warning, well

MINIMUM_PYTHON = (3, 12)
#: Below this share of free disk there is little time left.
LITTLE_SPACE = 0.2
MIGRATE = "python3 run.py manage migrate"


def python() -> Iterator[Diagnosis]:
    """Ask for the interpreter's version."""
    detail = platform.python_version()
    if sys.version_info >= MINIMUM_PYTHON:
        yield well("Python", detail)
    else:
        yield bad("Python", detail, "Instala Python 3.12 o posterior y ejecuta: python3 run.py")


def database() -> Iterator[Diagnosis]:
    """Ask whether the database answers, safely for several writers, with its tables up to date."""
    vendor = connection.display_name
    try:
        connection.ensure_connection()
        plan = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as error:
        yield bad(
            "Base de datos",
            f"{vendor}: {' '.join(str(error).split())}",
            "Revisa DATABASE_URL y que el servidor esté encendido.",
        )
        return
    yield well("Base de datos", f"{vendor} {'.'.join(map(str, connection.get_database_version()))}")
    if plan:
        yield bad("Tablas", f"Faltan {len(plan)} migraciones.", MIGRATE)
    else:
        yield well("Tablas", "Al día.")
    yield from sqlite_journal()


def sqlite_journal() -> Iterator[Diagnosis]:
    """Ask SQLite whether readers and writers get in each other's way."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode in {"wal", "memory"}:
        yield well("SQLite", f"Diario {mode}: se lee mientras se escribe.")
    else:
        yield warning(
            "SQLite", f"Diario {mode}.", "Mueve la base a un disco local: en red no hay diario WAL."
        )


def data_folder() -> Iterator[Diagnosis]:
    """Ask whether the data folder can be written and has room."""
    folder = Path(settings.ABIERTO_DATA)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield bad("Carpeta de datos", f"{folder} no se puede escribir.", f"mkdir -p {folder} y dale permiso.")
        return
    usage = shutil.disk_usage(folder)
    free = f"{usage.free // 1024**3} GB libres en {folder}"
    if usage.free < LITTLE_SPACE * usage.total:
        yield warning("Carpeta de datos", free, "Libera espacio: con el disco lleno nada se puede publicar.")
    else:
        yield well("Carpeta de datos", free)
