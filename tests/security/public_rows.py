"""The stored rows that decide what is public.

Reading what is public takes some hundred queries and a hash of each page, and most routes change none of its
rows: they write drafts, or are rolled back. So the rows are compared first, without the columns of drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from abierto.approval.ledger.audit import find_unapproved
from tests.security.newsdesk import public_state
from tests.shared_rows import columns, quoted, tables

Tables = dict[type[models.Model], list[str]]

#: Columns that only drafts, locks and signing in write.
BESIDE = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at", "owner_id"}
    | {"locked", "locked_at", "locked_by_id", "last_login"}
)


@dataclass(frozen=True)
class PublicContent:
    """What is public, and the rows that it is read from."""

    state: dict[Any, Any]
    _is_approved: bool
    _tables: Tables
    _rows: list[Any]

    def has_other_rows(self) -> bool:
        """Check whether the database stores other rows now, without which nothing else is public."""
        return not self._is_approved or read_rows(self._tables) != self._rows


def note_public_content() -> PublicContent:
    """Read what is public, and note the tables and rows that it is read from."""
    read_tables, state, unapproved = tables_read_by(lambda: (public_state(), list(find_unapproved())))
    return PublicContent(state, not unapproved, read_tables, read_rows(read_tables))


def tables_read_by(read: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return the tables that the queries of a function name, with the columns to compare, and its results."""
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        statements.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        results = read()
    text = "\n".join(statements)
    named = [model for model in tables() if quoted([model._meta.db_table]) in text]
    compared = {model: [name for name in columns(model) if name not in BESIDE] for model in named}
    return compared, *results


def read_rows(read_tables: Tables) -> list[Any]:
    """Return every row of these tables, by its key."""
    found = []
    with connection.cursor() as cursor:
        for model, names in read_tables.items():
            cursor.execute(f"SELECT {quoted(names)} FROM {quoted([model._meta.db_table])} ORDER BY 1")
            found.append(cursor.fetchall())
    return found
