"""Write the scripts of a new database, with each release (``docs/decisions/0024``).

    PYTHONPATH=site:. python -m pytest tests/releases/new_database.py
    PYTHONPATH=site:. python tests/postgresql.py python -m pytest tests/releases/new_database.py

Not collected by default: its name does not begin with ``test_``.
"""

import hashlib
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from abierto.operations.new_database import FIRST_RECORDS, SCRIPTS, create_tables
from tests.releases.comparison import OWN_TABLES, dump, read_rows, read_schema
from tests.releases.conftest import emptied

# The tables of ``FIRST_RECORDS``.
ITS_TABLES = {"approval_ledgerhead", "approval_ledgerlink", "approval_publicrecord"}


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


def write_postgresql_script() -> str:
    """Return the statements that make the database anew."""
    left_out = [
        f"--exclude-table-data={name}{part}" for name in sorted(ITS_TABLES) for part in ("", "_id_seq")
    ]
    app, name = FIRST_RECORDS
    return (
        dump("--inserts", "--rows-per-insert=1000", *left_out)
        + f"DELETE FROM public.django_migrations WHERE app = '{app}' AND name = '{name}';\n"
    )


# --- Fingerprints --------------------------------------------------------------------------------------

#: The fingerprint of each script and of the migrations that it stands for.
FINGERPRINTS = {vendor: Path(__file__).with_name(f"{path.stem}.sha256") for vendor, path in SCRIPTS.items()}
APPLIED = re.compile(r"^\s*\(\d+, '(\w+)', '(\w+)', '[\d-]+ [\d:.]+(?:\+00)?'\)[,;]$", re.MULTILINE)


def fingerprint(script: str) -> str:
    """Return the hash of a script and of the source of every migration that it records as applied."""
    loader, total = MigrationLoader(None), hashlib.sha256(script.encode())
    for key in [*APPLIED.findall(script), FIRST_RECORDS]:
        source = sys.modules[loader.disk_migrations[key].__module__].__file__
        assert source is not None
        total.update(Path(source).read_bytes())
    return total.hexdigest()


# --- The command ---------------------------------------------------------------------------------------


def test_write_the_script(empty_database):
    """Write the script of all migrations, and its fingerprint once the two leave the same database."""
    call_command("migrate", verbosity=0)
    schema, rows = read_schema(), read_rows()
    if connection.vendor == "postgresql":
        script = write_postgresql_script()
    else:
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated:
            script = write_script(migrated)
    SCRIPTS[connection.vendor].write_text(script, encoding="utf-8")

    with emptied():
        assert create_tables(connection)
        call_command("migrate", verbosity=0)
        assert read_schema() == schema
        assert read_rows() == rows
    FINGERPRINTS[connection.vendor].write_text(fingerprint(script) + "\n", encoding="ascii")
