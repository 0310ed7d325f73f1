"""An empty database instead of the migrated one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import postgresql_copy


@pytest.fixture
def empty_database(transactional_db) -> Iterator[None]:
    """The test database without a table, until the end of the test."""
    with emptied():
        yield


@contextmanager
def emptied() -> Iterator[None]:
    """Use a database without a table; ``transactional_db`` restores the migrated one."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        with closing(sqlite3.connect(":memory:")) as nothing, closing(sqlite3.connect(path)) as database:
            nothing.backup(database)
    else:
        postgresql_copy.replace(str(connection.settings_dict["NAME"]))
    ContentType.objects.clear_cache()
    yield
    ContentType.objects.clear_cache()
