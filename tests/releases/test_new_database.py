"""The script of a new database creates the same schema and rows as the migrations."""

import re
from collections import Counter
from datetime import UTC

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from abierto.operations.new_database import FIRST_RECORDS, create_tables
from tests.releases.conftest import emptied
from tests.releases.new_database import OWN_TABLES, dump

# Keys follow the order of creation; the others are of the moment or of the installation.
NOT_COMPARED = {
    *("id", "task_ptr_id", "content_type_id", "permission_id", "sqlite_sequence.seq"),
    *("applied", "created_at", "translation_key", "approval_ledgerhead.link", "approval_ledgerlink.link"),
}
#: PostgreSQL writes the casts of a condition differently each time that it reads one.
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


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_script_and_later_migrations_leave_what_all_migrations_leave(transactional_db):
    schema, rows = read_schema(), read_rows()

    with emptied():
        call_command("migrate", verbosity=0)
        migrated_schema, migrated_rows = read_schema(), read_rows()

    assert migrated_schema - schema == schema - migrated_schema == Counter()
    assert migrated_rows - rows == rows - migrated_rows == Counter()


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
