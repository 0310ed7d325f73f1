"""Write the scripts of a new database, with each release (``docs/decisions/0024``).

    PYTHONPATH=site:. python -m pytest tests/releases/new_database.py
    PYTHONPATH=site:. python tests/postgresql.py python -m pytest tests/releases/new_database.py

Not collected by default: its name does not begin with ``test_``.
"""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing

from django.core.management import call_command
from django.db import connection

from abierto.operations.new_database import FIRST_RECORDS, SCRIPTS
from tests.postgresql import find_binaries

# The tables of ``FIRST_RECORDS``.
ITS_TABLES = {"approval_ledgerhead", "approval_ledgerlink", "approval_publicrecord"}
# SQLite creates these itself: its own tables, and those in which a virtual table stores its data.
OWN_TABLES = "SELECT name FROM pragma_table_list WHERE type = 'shadow' OR name LIKE 'sqlite\\_%' ESCAPE '\\'"


def write_script(database: sqlite3.Connection) -> str:
    """Return the statements that create this database again, as one transaction."""
    return "\n".join(["BEGIN;", *iter_statements(database), "COMMIT;", ""])


def iter_statements(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables, their rows, and then the indexes and triggers, which rows need not pass again."""
    own = {name for (name,) in database.execute(OWN_TABLES)}
    objects = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table', rowid"
    ).fetchall()
    tables = [(name, text) for kind, name, text in objects if kind == "table" and name not in own]
    yield from (f"{text};" for _name, text in tables)
    for name, text in tables:
        if name not in ITS_TABLES and "VIRTUAL" not in text:
            yield from iter_inserts(database, name)
    yield "DELETE FROM sqlite_sequence;"  # the inserts above have filled it
    yield from iter_inserts(database, "sqlite_sequence")
    yield from (f"{text};" for kind, _name, text in objects if kind != "table")


def iter_inserts(database: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield one statement for the rows of a table, if it has any."""
    columns = [name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", [table])]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in columns)
    condition, values = "1", ()
    if table == "django_migrations":
        condition, values = "(app, name) <> (?, ?)", FIRST_RECORDS
    if table == "sqlite_sequence":
        condition, values = f"name NOT IN ({', '.join('?' * len(ITS_TABLES))})", tuple(sorted(ITS_TABLES))
    rows = database.execute(f'SELECT {quoted} FROM "{table}" WHERE {condition}', values).fetchall()
    if rows:
        yield f'INSERT INTO "{table}" VALUES\n' + ",\n".join(f"({row})" for (row,) in rows) + ";"


# --- PostgreSQL ----------------------------------------------------------------------------------------


#: Comments, and what sets the session of psql: the script leaves the portal's connection as it is.
LEFT_OUT = ("--", "SET ", "SELECT pg_catalog.set_config(", "\\")


def dump(*options: str) -> str:
    """Return what ``pg_dump`` writes of the database, without its settings of the session."""
    place = {name: connection.settings_dict[name.upper()] for name in ("host", "user", "name")}
    command = [find_binaries() / "pg_dump", "-h", place["host"], "-U", place["user"], *options]
    command += ["--no-owner", "--no-privileges", "--no-comments", place["name"]]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line for line in text.splitlines() if line and not line.startswith(LEFT_OUT)]
    return "\n".join(lines) + "\n"


def write_postgresql_script() -> str:
    """Return the statements that create the database again."""
    left_out = [
        f"--exclude-table-data={name}{part}" for name in sorted(ITS_TABLES) for part in ("", "_id_seq")
    ]
    app, name = FIRST_RECORDS
    return (
        dump("--inserts", "--rows-per-insert=1000", *left_out)
        + f"DELETE FROM public.django_migrations WHERE app = '{app}' AND name = '{name}';\n"
    )


def test_write_the_script(empty_database):
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        script = write_postgresql_script()
    else:
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated:
            script = write_script(migrated)
    SCRIPTS[connection.vendor].write_text(script, encoding="utf-8")
