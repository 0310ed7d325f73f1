"""Write the script of a new SQLite database, with each release (``docs/decisions/0024``).

    PYTHONPATH=site:. python -m pytest tests/releases/new_database.py

Not collected by default: its name does not begin with ``test_``.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from django.core.management import call_command
from django.db import connection

from abierto.operations.new_database import FIRST_RECORDS, SCRIPT

# The tables of ``FIRST_RECORDS``.
ITS_TABLES = {"approval_ledgerhead", "approval_ledgerlink", "approval_publicrecord"}
# SQLite makes these itself: its own, and the tables in which a virtual table holds its data.
OWN_TABLES = "SELECT name FROM pragma_table_list WHERE type = 'shadow' OR name LIKE 'sqlite\\_%' ESCAPE '\\'"


def write_script(database: sqlite3.Connection) -> str:
    """Return the statements that make this database anew, as one transaction."""
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


def test_write_the_script(empty_database):
    call_command("migrate", verbosity=0)
    connection.close()

    with closing(sqlite3.connect(empty_database)) as migrated:
        SCRIPT.write_text(write_script(migrated), encoding="utf-8")
