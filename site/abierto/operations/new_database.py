"""Tables of a new database in one script (decision 24), and the refusal of one from before 0.2.0."""

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

#: Left out of the scripts: its records carry the moment and the hash chain of the installation.
FIRST_RECORDS = ("approval", "0002_first_links_and_records")


def create_tables(connection: BaseDatabaseWrapper) -> bool:
    """Create the tables in an empty database; return False, having done nothing, for any other.

    The script is one transaction and fills ``django_migrations`` too, so that ``migrate`` applies only the
    migrations that came later.
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
    """Apply the migration that the scripts leave out; later ones depend on it and are applied already."""
    executor = MigrationExecutor(connection)
    migration = executor.loader.graph.nodes[FIRST_RECORDS]
    executor.apply_migration(executor.loader.project_state(migration.dependencies), migration)


OLDER_APPS = frozenset({"editorial", "reviewing"})


def check_older_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Stop ``migrate`` before it changes an older database."""
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
