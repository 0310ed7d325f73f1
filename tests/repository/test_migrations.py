"""Migrations of a release only add: the release before runs on its tables (docs/operations/install.md)."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from .files import ROOT

#: Operations that remove something that running processes still use: one release after its last use.
TAKES_AWAY = {
    "AlterModelTable", "DeleteModel", "RemoveConstraint", "RemoveField", "RenameField", "RenameIndex",
    "RenameModel",
}  # fmt: skip
#: Migrations, as (app, name), that remove what the release before does not use any more.
CONTRACTED: set[tuple[str, str]] = set()


@pytest.mark.django_db
def test_migrations_take_nothing_away():
    own = {
        app.label
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(ROOT) and ".venv" not in app.path
    }
    taken = {
        key: names
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in own and key not in CONTRACTED
        if (
            names := [
                type(step).__name__ for step in migration.operations if type(step).__name__ in TAKES_AWAY
            ]
        )
    }

    assert {"pages", "approval", "search"} <= own
    assert taken == {}
