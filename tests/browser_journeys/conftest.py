"""Journeys on the real content: loaded once for the whole run, put back as it was before each test.

Loading the content of Guanajuato takes some seconds; copying a database of two megabytes takes some
milliseconds. So the first test loads it and keeps a copy of the database and of the index, and every test
begins with both: no test depends on what another one did, and nothing has to be written by factories.
The fixtures of ``tests/conftest.py`` (``visitors``, ``page``) are used as they are; what is replaced here
is only where the database comes from.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests import sqlite
from tests.browser_journeys.people import People
from tests.browser_journeys.pictures import Pictures
from tests.browser_journeys.world import World, load_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-images", action="store_true", help="write the images of docs/ anew (name this folder)"
    )


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker, test_database, tmp_path_factory) -> World:
    """The content of Guanajuato, its accounts and its index, loaded once."""
    if test_database is None:
        pytest.skip("Los recorridos del navegador usan SQLite.")
    with django_db_blocker.unblock():
        sqlite.put_back(sqlite.template(), test_database)
        return load_world(test_database, tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def own_folders(world, tmp_path, settings) -> None:
    """Give each test a copy of the index, and folders of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    shutil.copytree(world.index, settings.ABIERTO_INDEX_DIR)
    cache.clear()


@pytest.fixture
def transactional_db(world, test_database, django_db_blocker) -> Iterator[None]:
    """Begin with the content as loaded; leave behind what the migrations wrote, for the other tests."""
    with django_db_blocker.unblock():
        sqlite.put_back(world.database, test_database)
        yield
        sqlite.put_back(sqlite.template(), test_database)


@pytest.fixture
def without_autosave(settings) -> None:
    """Leave out the scripts that save and that ask who else is writing: people also write without them."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 3_600_000


@pytest.fixture
def people(visitors, world) -> People:
    """Opens the windows of the accounts: ``people.sign_in("revision")``."""
    return People(visitors, world.accounts)


@pytest.fixture
def pictures(request, tmp_path: Path) -> Pictures:
    """Takes the images that the manual shows."""
    return Pictures(keep=request.config.getoption("--write-images", default=False), scratch=tmp_path)
