"""The PostgreSQL database of the tests: begun with a script, and restored after tests that commit."""

from django.db import connection

from abierto.operations.new_database import create_tables
from tests.sqlite import one_process, template


def begin() -> None:
    """Create the test database by the script (decision 24); the migrations that came later run over it.

    The processes of a run copy one database, as on SQLite.
    """
    begun = f"abierto_begun_{template().stem}"
    name, test_name = _name(), connection.creation._get_test_db_name()
    try:
        with one_process():
            if not _exists(begun):
                connection.settings_dict["NAME"] = f"{begun}_unfinished"
                replace(_name())
                create_tables(connection)
                replace(begun, template=_name())
        connection.settings_dict["NAME"] = test_name
        replace(test_name, template=begun)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def replace(name: str, template: str = "template0") -> None:
    """Create a copy of ``template``, which is empty by default, in the place of any database of this name."""
    quote = connection.ops.quote_name
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
        # Copying the files takes half the time of writing their pages to the log.
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)} STRATEGY FILE_COPY")


def keep() -> None:
    """Store a copy of the present database."""
    replace(_copy_name(), template=_name())


def restore() -> None:
    """Restore the database from its copy."""
    replace(_name(), template=_copy_name())


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy_name() -> str:
    return f"{_name()}_kept"
