"""The script of a new database leaves what the migrations leave."""

from collections import Counter
from datetime import UTC

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from abierto.operations.new_database import FIRST_RECORDS, SCRIPTS, create_tables
from tests.releases.comparison import read_rows, read_schema
from tests.releases.conftest import emptied
from tests.releases.new_database import APPLIED, FINGERPRINTS, fingerprint


@pytest.mark.parametrize("vendor", SCRIPTS)
def test_a_script_and_its_migrations_are_as_they_were_compared(vendor):
    """A changed one needs the command of ``tests.releases.new_database``, which compares them again."""
    script = SCRIPTS[vendor].read_text(encoding="utf-8")
    assert len(APPLIED.findall(script)) > 300  # Django's and Wagtail's among them
    assert fingerprint(script) == FINGERPRINTS[vendor].read_text(encoding="ascii").strip()


# All migrations take a minute; on PostgreSQL the command that writes the script compares.
@pytest.mark.slow
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
