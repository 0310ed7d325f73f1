"""The tables and rows of a database, as two of them are compared."""

import re
import subprocess
from collections import Counter

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.postgresql import find_binaries

# SQLite makes these itself: its own, and the tables in which a virtual table holds its data.
OWN_TABLES = "SELECT name FROM pragma_table_list WHERE type = 'shadow' OR name LIKE 'sqlite\\_%' ESCAPE '\\'"

# Keys follow the order of creation; the others are of the moment or of the installation.
NOT_COMPARED = {
    *("id", "task_ptr_id", "content_type_id", "permission_id", "sqlite_sequence.seq"),
    *("applied", "created_at", "translation_key", "approval_ledgerhead.link", "approval_ledgerlink.link"),
}
#: PostgreSQL writes the casts of a condition anew, each time that it reads one.
RENDERED = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")


def read_schema() -> Counter:
    """Return the statements that create every table, index and trigger."""
    if connection.vendor == "postgresql":
        return Counter(RENDERED.sub("", dump("--schema-only")).split(";\n"))
    with connection.cursor() as cursor:
        return Counter(cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


def read_rows() -> Counter:
    """Return every row, without the columns that differ between two installations."""
    found: Counter = Counter()
    with connection.cursor() as cursor:
        for table in tables(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found[(table, *compared_values(table, dict(zip(names, row, strict=True))))] += 1
    return found


def tables(cursor: CursorWrapper) -> list[str]:
    names = connection.introspection.table_names(cursor)
    if connection.vendor != "sqlite":
        return names
    own = {name for (name,) in cursor.execute(OWN_TABLES)} - {"sqlite_sequence"}
    return [name for name in [*names, "sqlite_sequence"] if name not in own]


def compared_values(table: str, row: dict[str, object]) -> list[tuple[str, str]]:
    return [
        (name, repr(value)) for name, value in row.items() if not {name, f"{table}.{name}"} & NOT_COMPARED
    ]


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
