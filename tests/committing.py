"""A while in which tests commit for real, and after which the database is as the migrations left it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import kept_postgresql, sqlite


@contextmanager
def committing(django_db_blocker: Any, test_database: Path | None) -> Iterator[None]:
    """Open the database to whoever asks, and put it back at the end."""
    with django_db_blocker.unblock():
        yield
        if test_database:
            sqlite.put_back(sqlite.template(), test_database)
        else:
            kept_postgresql.put_back()
