"""What the tests of the search share: an index of their own."""

import pytest

from search.engines import get_engine
from search.indexing.reconcile import rebuild


@pytest.fixture
def engine(db, settings, tmp_path):
    """The portal's engine on an empty index that only this test sees."""
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    rebuild(get_engine())
    return get_engine()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the commit, as a real transaction would: `with committed(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
