"""An empty SQLite database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


@pytest.fixture
def empty_database(transactional_db) -> Iterator[Path]:
    """The test database, emptied until the end of the test."""
    if connection.vendor != "sqlite":
        pytest.skip("The script is for SQLite.")
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    with closing(sqlite3.connect(":memory:")) as nothing, closing(sqlite3.connect(path)) as database:
        nothing.backup(database)
    ContentType.objects.clear_cache()
    yield path
    ContentType.objects.clear_cache()
