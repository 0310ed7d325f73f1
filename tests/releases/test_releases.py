"""The data of every release migrate to the present schema, and ``integrity`` finds nothing in them."""

import lzma
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from abierto.approval.models import Approval
from abierto.operations.integrity import run_checks
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.sqlite import copy_database

DUMPS = sorted(Path(__file__).parent.glob("*/portal.sqlite3.xz"))
MOST_BYTES = 200_000


def test_there_is_a_dump_of_the_first_frozen_release():
    assert "0.2.0" in [dump.parent.name for dump in DUMPS]


@pytest.fixture
def database(transactional_db):
    """The test database, without cached content types of another one."""
    if connection.vendor != "sqlite":
        pytest.skip("The dumps are databases of SQLite.")
    yield Path(connection.settings_dict["NAME"])
    ContentType.objects.clear_cache()


@pytest.mark.slow
@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.parent.name)
def test_the_data_of_a_release_migrate_without_findings(dump, database, tmp_path):
    assert dump.stat().st_size <= MOST_BYTES
    plain = tmp_path / "portal.sqlite3"
    plain.write_bytes(lzma.decompress(dump.read_bytes()))
    copy_database(plain, database)
    ContentType.objects.clear_cache()

    call_command("migrate", verbosity=0)
    rebuild(get_engine())
    call_command("update_index", verbosity=0)

    assert Approval.objects.exists()
    assert {name: found for name, found in run_checks().items() if found} == {}
