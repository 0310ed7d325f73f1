"""Tables of a new SQLite database in one script, as the migrations leave them (decision 24)."""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

SCRIPT = Path(__file__).parent / "data" / "new_database.sql"

#: Left out of the script: its records carry the moment and the hash chain of the installation.
FIRST_RECORDS = ("approval", "0002_first_links_and_records")


def create_tables(connection: BaseDatabaseWrapper) -> bool:
    """Create the tables in an empty SQLite database; return False, having done nothing, for any other.

    The script is one transaction and fills ``django_migrations`` too, so that ``migrate`` applies only the
    migrations that came later.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    connection.ensure_connection()
    connection.connection.executescript(SCRIPT.read_text(encoding="utf-8"))
    make_first_records(connection)
    return True


def make_first_records(connection: BaseDatabaseWrapper) -> None:
    """Apply the migration that the script leaves out; later ones depend on it and are applied already."""
    executor = MigrationExecutor(connection)
    migration = executor.loader.graph.nodes[FIRST_RECORDS]
    executor.apply_migration(executor.loader.project_state(migration.dependencies), migration)
