"""Database triggers: no row becomes public without a decision in the ledger, whatever code writes it.

They check neither content hashes nor forms, only that the newest decision about an object allows this version
to be public. They stop writes that bypass Python (raw SQL, ``Page.objects.update``), and keep the ledger
append-only.

They are installed after every ``migrate`` instead of by one migration: SQLite rebuilds a table to change it,
and a rebuilt table has no triggers.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from wagtail.models import Page

from abierto.approval.mixins import FourEyesMixin
from abierto.approval.models import Approval

from . import postgresql, sqlite
from .base import LEDGERS, GuardedTable, TriggerDialect, TriggerTables

DIALECTS: dict[str, TriggerDialect] = {
    "sqlite": sqlite.DIALECT,
    "postgresql": postgresql.DIALECT,
}


def guarded_tables() -> Iterator[GuardedTable]:
    """Yield the tables whose rows can be public: that of every page, and those of our snippets."""
    yield _guarded_table(Page)
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not issubclass(model, Page) and not model._meta.proxy:
            yield _guarded_table(model)


def _guarded_table(model: type[models.Model]) -> GuardedTable:
    meta = model._meta
    return GuardedTable(meta.db_table, str(meta.pk.column), meta.app_label, str(meta.model_name))


def find_present_tables(connection: BaseDatabaseWrapper) -> TriggerTables:
    """Return the tables that exist; nothing is guarded before the ledger does."""
    present = set(connection.introspection.table_names())
    ledgers = tuple(name for name in LEDGERS if name in present)
    if Approval._meta.db_table not in ledgers:
        return TriggerTables((), ledgers)
    guarded = (table for table in guarded_tables() if table.name in present)
    return TriggerTables(tuple(table for table in guarded if _has_drafts(connection, table)), ledgers)


def _has_drafts(connection: BaseDatabaseWrapper, table: GuardedTable) -> bool:
    """Check whether the table has the columns of drafts yet: ``migrate`` may stop before it has."""
    with connection.cursor() as cursor:
        # Django's introspection parses the SQL of the table on SQLite, which is slow.
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table.name)} WHERE 1 = 0")
        return "live" in {column[0] for column in cursor.description}


def install_triggers(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Create every trigger, replacing those that exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in DIALECTS[connection.vendor].create(find_present_tables(connection)):
            cursor.execute(statement)


def drop_before_migrate(using: str = DEFAULT_DB_ALIAS, plan: Any = (), **kwargs: Any) -> None:
    """Drop the triggers before a migration: SQLite cannot rebuild a table that has them."""
    connection = connections[using]
    goes_back = any(is_backwards for _migration, is_backwards in plan)
    if not plan or not (goes_back or DIALECTS[connection.vendor].must_drop_first):
        return
    with connection.cursor() as cursor:
        for statement in DIALECTS[connection.vendor].drop(find_installed(connection)):
            cursor.execute(statement)


def find_installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that exist and are enabled."""
    with connection.cursor() as cursor:
        cursor.execute(DIALECTS[connection.vendor].listing)
        return {name for (name,) in cursor.fetchall()}


def find_missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of the triggers that should exist and do not."""
    connection = connections[using]
    wanted = DIALECTS[connection.vendor].names(find_present_tables(connection))
    return sorted(set(wanted) - find_installed(connection))
