"""A copy of the migrated PostgreSQL database, for tests that commit and must leave nothing behind."""

from django.db import connection


def keep() -> None:
    """Keep a copy of the database as it is now."""
    _copy(source=_name(), target=_kept())


def put_back() -> None:
    """Make the database hold again what was kept of it."""
    _copy(source=_kept(), target=_name())


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _kept() -> str:
    return f"{_name()}_kept"


def _copy(*, source: str, target: str) -> None:
    quote = connection.ops.quote_name
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(target)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")
