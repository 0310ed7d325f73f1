"""Permissions on models that came after a space was created."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import complete_space


def add_missing_permissions(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: grant the groups of existing spaces what was registered since.

    Another database than the default one has no spaces of its own.
    """
    tables = connections[using].introspection.table_names()
    if using != DEFAULT_DB_ALIAS or Space._meta.db_table not in tables:
        return  # migrated back to before the spaces
    for space in Space.objects.select_related("editors", "reviewers", "administrators", "collection"):
        complete_space(space)
