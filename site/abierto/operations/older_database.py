"""Refusal of databases older than 0.2.0, whose migrations were rewritten (decision 22)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

OLDER_APPS = frozenset({"editorial", "reviewing"})


def check_older_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Stop ``migrate`` before it changes an older database."""
    for alias in databases or ():
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        if any(app in OLDER_APPS for app, _name in applied):
            return [
                Error(
                    "La base de datos es de una versión anterior a la 0.2.0 y no se puede convertir.",
                    hint="Usa una base vacía. La local se borra y se rehace con: python3 run.py --fresh",
                    id="operations.E002",
                )
            ]
    return []
