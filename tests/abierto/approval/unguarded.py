"""Write past all guards, the database's own triggers included."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from abierto.approval import mixins
from abierto.approval.guard import checks as approved
from abierto.approval.guard.triggers import installation
from abierto.approval.review import decisions


@contextmanager
def without_net() -> Iterator[None]:
    """Drop the triggers of the database inside the block."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for name in installation.find_installed(connection):
                cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
    else:
        installation.install_triggers()


def without_reference_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the check of references inside the block, as for content stored before the check existed."""
    for module, name in (
        (mixins, "check_references"),
        (approved, "check_references"),
        (decisions, "check_stored_references"),
    ):
        monkeypatch.setattr(module, name, lambda *args, **kwargs: None)
