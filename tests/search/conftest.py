"""Fixtures of the search tests."""

import pytest

from search.engines import get_engine
from search.indexing.reconcile import rebuild


@pytest.fixture
def engine(db, settings, tmp_path):
    """Return the engine on an empty index of this test."""
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    rebuild(get_engine())
    return get_engine()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run the on-commit callbacks of a block: `with committed(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
