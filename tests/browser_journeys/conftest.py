"""Journeys on the demo content: loaded once for the whole run, restored before each test.

Loading the content takes some seconds; copying a database of two megabytes takes some milliseconds. So the
first test loads it and keeps a copy of the database and of the index, and every test starts with both: no
test depends on another. The fixtures of ``tests/conftest.py`` (``visitors``, ``page``) are used as they are;
only the database comes from here.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests import sqlite
from tests.browser_journeys.people import People
from tests.browser_journeys.screenshots import Pictures
from tests.browser_journeys.world import World, shared_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-images", action="store_true", help="write the images of docs/ anew (name this folder)"
    )


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker, sqlite_database, tmp_path_factory) -> World:
    """The demo content, its accounts and its index, loaded once for all processes of the run."""
    if sqlite_database is None:
        pytest.skip("Los recorridos del navegador usan SQLite.")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with django_db_blocker.unblock():
        return shared_world(sqlite_database, folder / "world")


@pytest.fixture(autouse=True)
def own_folders(world, tmp_path, settings) -> None:
    """Give each test a copy of the index and of the uploaded files, and its own folders."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    shutil.copytree(world.index, settings.ABIERTO_INDEX_DIR)
    shutil.copytree(world.originals, tmp_path / "private")
    cache.clear()


@pytest.fixture
def transactional_db(world, sqlite_database, django_db_blocker) -> Iterator[None]:
    """Start with the demo content; leave the freshly migrated database for other tests."""
    with django_db_blocker.unblock():
        sqlite.copy_database(world.database, sqlite_database)
        yield
        sqlite.copy_database(sqlite.template(), sqlite_database)


@pytest.fixture
def without_autosave(settings) -> None:
    """Block the scripts for autosave and for concurrent editing."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 3_600_000


@pytest.fixture
def people(visitors, world) -> People:
    """Open windows of the accounts: ``people.sign_in("revision")``."""
    return People(visitors, world.accounts)


@pytest.fixture
def pictures(request, tmp_path: Path) -> Pictures:
    """Take the screenshots of the manual."""
    return Pictures(keep=request.config.getoption("--write-images", default=False), scratch=tmp_path)
