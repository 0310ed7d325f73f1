"""Fixtures of every test: separate folders, clean caches, and a browser."""

import gc
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadFileScheduling

from abierto.wsgi import call_in_one_block
from pages.core import cache as public_cache
from tests import elasticsearch, second_factor, shared_rows, sqlite, static_files
from tests import postgresql_copy as postgresql
from tests.browser import Visitors, find_chromium, running_chromium
from tests.committing import committing
from tests.scheduling import make_scheduler, order_by_cost

#: The mark of the tests that run on SQLite and on PostgreSQL.
BOTH_DATABASES = "both_databases"
#: Names of folders of tests.
NUMBERS = itertools.count()

second_factor.install()
static_files.install()

# The garbage collector looks for reference cycles in all objects hundreds of times in a run; with
# Django and Wagtail in memory, that took a quarter of it. So: rarely, and without the imported objects.
gc.set_threshold(200_000, 10, 10)

hypothesis_settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile(
    "long", hypothesis_settings.get_profile("default"), derandomize=False, max_examples=3000
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# --- The run -------------------------------------------------------------------------------------------


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import only the files with the mark in the repeat on PostgreSQL; all would take 14 s more."""
    if config.option.markexpr == BOTH_DATABASES and collection_path.match("test_*.py"):
        return BOTH_DATABASES not in collection_path.read_text() or None
    return None


def pytest_collection_finish() -> None:
    """Exclude the imported objects from garbage collection."""
    gc.collect()
    gc.freeze()


run_test = call_in_one_block(runtestprotocol)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test with its frames in one block of memory, as a request has them in production.

    Without it a walk of the admin spent a tenth of its time on mapping and unmapping blocks.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    run_test(item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> LoadFileScheduling:
    """Give each worker whole files."""
    return make_scheduler(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a worker begin with the files that take longest."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        order_by_cost(items)


def pytest_unconfigure() -> None:
    """Delete the temporary folders."""
    shutil.rmtree(django_settings.ABIERTO_DATA, ignore_errors=True)


# --- Isolation of the tests ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_database() -> Path | None:
    """The path of this process's SQLite database; None on another database."""
    if django_settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return None
    return django_settings.ABIERTO_DATA / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, sqlite_database: Path | None
) -> None:
    """Use a file for SQLite: a database in memory is one connection for all threads."""
    if sqlite_database:
        django_settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(sqlite_database)


@pytest.fixture(scope="session")
def is_restored(sqlite_database: Path | None) -> bool:
    """Whether the database is that of an earlier run, if there is one for these migrations."""
    return sqlite_database is not None and sqlite.restore(sqlite_database)


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_modify_db_settings: None, django_db_blocker, sqlite_database: Path | None, is_restored: bool
) -> bool:
    """Start with the database of the script, or on SQLite with that of an earlier run."""
    with django_db_blocker.unblock():
        if not sqlite_database:
            postgresql.begin()
        elif not is_restored:
            sqlite.begin(sqlite_database)
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker, is_restored: bool, sqlite_database: Path | None
) -> None:
    """Store a copy of the migrated database: for tests that commit, and for the next run on SQLite.

    The system checks run first, as in Django's runner: some depend on the database in use.
    """
    with django_db_blocker.unblock():
        call_command("check", databases=["default"], fail_level="WARNING")
    if not sqlite_database:
        with django_db_blocker.unblock():
            postgresql.keep()
    elif not is_restored:
        sqlite.keep(sqlite_database)


@pytest.fixture(scope="session", autouse=True)
def rows_of_the_run(tmp_path_factory) -> None:
    """Let the processes of a run share the rows that builders wrote."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared_rows.folder = tmp_path_factory.getbasetemp().parent / "rows"
        shared_rows.folder.mkdir(exist_ok=True)


@pytest.fixture
def transactional_db(django_db_setup, django_db_blocker, sqlite_database: Path | None) -> Iterator[None]:
    """Commit for real, and restore the migrated database afterwards.

    It replaces pytest-django's fixture, which empties the tables and cannot restore the rows of migrations,
    because Wagtail's rows refer to each other by natural keys.
    """
    with committing(django_db_blocker, sqlite_database):
        yield


@pytest.fixture(autouse=True)
def own_folders(request, settings) -> None:
    """Separate uploads, index and cached site roots and locales of each test."""
    # Most tests write no file, and pytest's folder for each took a fiftieth of the run.
    names_folder = "tmp_path" in request.fixturenames
    folder = (
        request.getfixturevalue("tmp_path") if names_folder else settings.ABIERTO_DATA / str(next(NUMBERS))
    )
    settings.MEDIA_ROOT = str(folder / "media")
    settings.ABIERTO_INDEX_DIR = folder / "index"
    cache.clear()
    translation.deactivate()  # a request under /en/ leaves its language to the thread, and reverse() uses it
    public_cache.clear_cached_values()


# --- The browser ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; without it the test is skipped, and fails in CI."""
    program = find_chromium()
    if program is None:
        message = "Falta Chromium: sudo apt-get install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with running_chromium(program) as chromium:
        yield chromium


@pytest.fixture
def visitors(browser, transactional_db, live_server) -> Iterator[Visitors]:
    """Open windows on a live server: ``visitors.open()``, ``visitors.open(phone=True)``."""
    people = Visitors(browser, live_server.url)
    yield people
    people.close()
    assert people.faults == []


@pytest.fixture
def page(visitors):
    """A visitor's page in desktop size."""
    return visitors.open()


# --- Elasticsearch -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def elasticsearch_jars() -> Path:
    """The jars of a real server, built once; without them the test is skipped, and fails in CI."""
    try:
        return elasticsearch.built()
    except elasticsearch.NoElasticsearch as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@pytest.fixture(scope="session")
def elasticsearch_url(elasticsearch_jars, tmp_path_factory) -> Iterator[str]:
    """The URL of a server, shared by all processes of the run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with elasticsearch.shared_node(folder / "elasticsearch") as url:
        yield url
