"""Tables of a new SQLite database in one script, as the migrations leave them (decision 24)."""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

SCRIPT = Path(__file__).parent / "data" / "new_database.sql"


def create_tables(connection: BaseDatabaseWrapper) -> bool:
    """Create the tables in an empty SQLite database; return False, having done nothing, for any other.

    The script is one transaction and fills ``django_migrations`` too, so that ``migrate`` applies only the
    migrations that came later.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    connection.ensure_connection()
    connection.connection.executescript(SCRIPT.read_text(encoding="utf-8"))
    return True
