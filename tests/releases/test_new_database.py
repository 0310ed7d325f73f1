"""The script of a new SQLite database leaves what the migrations leave."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from abierto.operations.new_database import FIRST_RECORDS, create_tables
from tests import sqlite
from tests.releases.new_database import OWN_TABLES

# Keys follow the order of creation; the others are of the moment or of the installation.
NOT_COMPARED = {
    *("id", "task_ptr_id", "content_type_id", "permission_id", "sqlite_sequence.seq"),
    *("applied", "created_at", "translation_key", "approval_ledgerhead.link", "approval_ledgerlink.link"),
}


def read_schema(path: Path) -> Counter:
    """Return every table, index and trigger."""
    with closing(sqlite3.connect(path)) as database:
        return Counter(database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


def read_rows(path: Path) -> Counter:
    """Return every row, without the columns that differ between two installations."""
    found: Counter = Counter()
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        own = {row["name"] for row in database.execute(OWN_TABLES)}
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table not in own:
                rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                found.update((table, *compared_values(table, row)) for row in rows)
    return found


def compared_values(table: str, row: sqlite3.Row) -> list[tuple[str, object]]:
    names = row.keys()
    return [(name, row[name]) for name in names if not {name, f"{table}.{name}"} & NOT_COMPARED]


@pytest.mark.slow
def test_the_script_and_later_migrations_leave_what_all_migrations_leave(empty_database):
    call_command("migrate", verbosity=0)
    connection.close()

    of_the_script = sqlite.template()
    assert read_schema(of_the_script) == read_schema(empty_database)
    assert read_rows(of_the_script) == read_rows(empty_database)


def test_the_first_records_are_of_this_installation(empty_database):
    start = timezone.now()

    assert create_tables(connection)

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(created_at) FROM approval_publicrecord")
        (moment,) = cursor.fetchone()
        assert parse_datetime(str(moment)).replace(tzinfo=UTC) >= start
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = %s AND name = %s", FIRST_RECORDS)
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_database_with_tables_is_left_alone():
    assert not create_tables(connection)
