"""Notice the statements that write to the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "PRAGMA", "SET", "SHOW")
#: Tables written by any visit, or private to the user, and the only column that signing in writes.
OF_THE_VISIT = (
    'UPDATE "accounts_user" SET "last_login" = %s WHERE',
    "django_session",
    "usersessions_usersession",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
)


@dataclass
class Writes:
    """An execute wrapper that stores the beginning of each writing statement, except to tables of visits."""

    statements: set[str] = field(default_factory=set)

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        """Look at the statement, then execute it."""
        is_read = sql.lstrip("( \n").upper().startswith(READS)
        if not is_read and not any(name in sql for name in OF_THE_VISIT):
            self.statements.add(sql[:80])
        return execute(sql, *arguments)
