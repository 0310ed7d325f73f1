"""A block in which tests commit, and after which the database is restored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import postgresql_copy, sqlite


@contextmanager
def committing(django_db_blocker: Any, test_database: Path | None) -> Iterator[None]:
    """Allow commits in the block, and restore the database at its end."""
    with django_db_blocker.unblock():
        yield
        if test_database:
            sqlite.copy_database(sqlite.template(), test_database)
        else:
            postgresql_copy.restore()
