"""Create the tables of a new database with one script (decision 24); refuse databases older than 0.2.0."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

DATA = Path(__file__).parent / "data"
SCRIPTS = {"sqlite": DATA / "new_database.sql", "postgresql": DATA / "new_database_postgresql.sql"}

#: A migration that is not in the scripts: its rows contain the time and the hash chain of the installation.
FIRST_RECORDS = ("approval", "0002_first_links_and_records")


def create_tables(connection: BaseDatabaseWrapper) -> bool:
    """Create the tables in an empty database; for any other one return False and do nothing.

    The script is one transaction that also fills ``django_migrations``, so ``migrate`` applies only later
    migrations.
    """
    if connection.introspection.table_names():
        return False
    script = SCRIPTS[connection.vendor].read_text(encoding="utf-8")
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.executescript(script)
    else:
        with connection.cursor() as cursor:
            cursor.execute(script)
    make_first_records(connection)
    return True


def make_first_records(connection: BaseDatabaseWrapper) -> None:
    """Apply the migration that is not in the scripts; the scripts record the later ones, which need it."""
    executor = MigrationExecutor(connection)
    migration = executor.loader.graph.nodes[FIRST_RECORDS]
    executor.apply_migration(executor.loader.project_state(migration.dependencies), migration)


OLDER_APPS = frozenset({"editorial", "reviewing"})


def check_older_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """System check: stop ``migrate`` before it changes a database older than 0.2.0."""
    for alias in databases or ():
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        if any(app in OLDER_APPS for app, _name in applied):
            return [
                Error(
                    "La base de datos es de una versión anterior a la 0.2.0 y no se puede convertir.",
                    hint="Usa una base vacía. La local se borra y se rehace con: python3 run.py --fresh",
                    id="operations.E002",
                )
            ]
    return []
