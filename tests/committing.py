"""A block in which tests commit, and after which the database is restored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import postgresql_copy, sqlite


@contextmanager
def committing(django_db_blocker: Any, sqlite_database: Path | None) -> Iterator[None]:
    """Allow commits in the block, and restore the database at its end."""
    with django_db_blocker.unblock():
        yield
        if sqlite_database:
            sqlite.copy_database(sqlite.template(), sqlite_database)
        else:
            postgresql_copy.restore()
