"""Move the portal from SQLite to PostgreSQL in one transaction: rows, sequences and triggers.

The settings refer to the new, empty database. The migrations create its tables, and the rows are copied from
the SQLite file. The rows of every table are compared before the transaction is committed.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import Error as DatabaseError
from django.db import connection, transaction

from abierto.approval.guard.triggers import installation

from .backups.databases import is_empty, read_heads
from .integrity import run_checks
from .new_database import create_tables

INDEXES = frozenset({"wagtailsearch_indexentry", "modelsearch_indexentry"})
"""Tables of the admin's search index, whose form depends on the database, and which are built again."""
LEDGER_CHECKS = ("ledger", "approvals", "versions", "triggers")
ROWS_AT_ONCE = 2_000
BROKEN_HEADS = """
    SELECT ledger FROM approval_ledgerhead AS head WHERE rows > 0 AND link IS NOT
    (SELECT link FROM approval_ledgerlink WHERE ledger = head.ledger ORDER BY number DESC LIMIT 1)
"""
COLUMNS = """
    SELECT column_name, data_type, numeric_scale FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position
"""


class MoveProblem(Exception):
    """An error with a sentence for the administrator; nothing was moved."""


@dataclass(frozen=True, slots=True)
class DatabaseColumn:
    """A column of a table in the new database."""

    name: str
    type: str
    scale: int | None


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table with the number of its rows, and a hash of them that does not depend on their order."""

    name: str
    rows: int
    digest: str


def move_database(source: Path, dry_run: bool, report: Callable[[str], None]) -> list[MovedTable]:
    """Copy the SQLite database at ``source`` into the portal's empty PostgreSQL; return the tables.

    A dry run does the same and then empties the new database.

    Raises:
        MoveProblem: with the reason; the new database is empty again.
    """
    if connection.vendor != "postgresql":
        raise MoveProblem(
            "Define antes DATABASE_URL con la base nueva: postgresql://usuario:clave@servidor/base"
        )
    if not source.is_file():
        raise MoveProblem(f"No existe {source}.")
    if not is_empty():
        raise MoveProblem("La base nueva no está vacía. Crea una vacía y señálala con DATABASE_URL.")
    has_moved = False
    try:
        # One read transaction: rows that are written meanwhile are neither copied nor compared.
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old:
            old.execute("BEGIN")
            heads = read_old_heads(old)
            report("Creo las tablas")
            create_tables(connection)
            call_command("migrate", interactive=False, verbosity=0)
            check_migrations(old)
            with transaction.atomic():
                moved = move_rows(old, report)
                check_ledger(heads)
        has_moved = not dry_run
    except (DatabaseError, sqlite3.Error) as error:
        raise MoveProblem(f"No se movió nada: {error}") from error
    finally:
        if not has_moved:
            drop_tables()
    return moved


def read_old_heads(old: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return the heads of the ledgers of the SQLite database.

    Raises:
        MoveProblem: if the last link of a ledger is not its head.
    """
    broken = old.execute(BROKEN_HEADS).fetchall()
    if broken:
        raise MoveProblem(
            "El libro de aprobaciones está dañado. Revísalo con manage.py integrity. No se movió nada."
        )
    return read_heads(old)


def check_migrations(old: sqlite3.Connection) -> None:
    """Check that the SQLite database has all migrations of the new one.

    Raises:
        MoveProblem: with the number of missing migrations.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        new = set(cursor.fetchall())
    # ``django.contrib.postgres`` is only installed with PostgreSQL and has no tables.
    missing = {
        row
        for row in new - set(old.execute("SELECT app, name FROM django_migrations"))
        if row[0] != "postgres"
    }
    if missing:
        raise MoveProblem(
            f"A la base de SQLite le faltan {len(missing)} migraciones. Sin DATABASE_URL, ejecuta antes: "
            "python3 run.py manage migrate"
        )


def move_rows(old: sqlite3.Connection, report: Callable[[str], None]) -> list[MovedTable]:
    """Replace the rows of every table, compare them, set the sequences and install the triggers."""
    present = set(connection.introspection.table_names()) - {"django_migrations"}
    tables = sorted(present - INDEXES)
    quoted = ", ".join(map(connection.ops.quote_name, sorted(present)))
    dialect = installation.DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        for statement in dialect.drop(installation.find_installed(connection)):
            cursor.execute(statement)
        cursor.execute(f"TRUNCATE {quoted}")
    moved = []
    for number, table in enumerate(tables, start=1):
        moved.append(move_table(old, table))
        report(f"{number} de {len(tables)}: {table}, {moved[-1].rows} renglones")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_models(include_auto_created=True)
        ):
            cursor.execute(statement)
    installation.install_triggers()
    return moved


def move_table(old: sqlite3.Connection, table: str) -> MovedTable:
    """Copy the rows of a table and compare the written rows with those that were read.

    Raises:
        MoveProblem: if the tables differ.
    """
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = [DatabaseColumn(*row) for row in cursor.fetchall()]
        names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
        quoted = connection.ops.quote_name(table)
        rows = old.execute(f"SELECT {names} FROM {quoted}")
        count, sent = 0, 0
        with cursor.copy(f"COPY {quoted} ({names}) FROM STDIN") as copy:
            for row in rows:
                values = [convert(value, column) for value, column in zip(row, columns, strict=True)]
                copy.write_row(values)
                count, sent = count + 1, sent ^ hash_row(values)
    arrived = list(hash_arrived(table, names, columns))
    if len(arrived) != count or digest_of(arrived) != sent:
        raise MoveProblem(
            f"La tabla {table} no llegó igual: {count} renglones leídos, {len(arrived)} escritos."
        )
    return MovedTable(table, count, f"{sent:064x}")


def hash_arrived(table: str, names: str, columns: list[DatabaseColumn]) -> Iterator[int]:
    """Yield the hash of each row of the new table."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield hash_row(
                    [comparable(value, column) for value, column in zip(row, columns, strict=True)]
                )


def digest_of(hashes: Iterable[int]) -> int:
    """Combine the hashes of rows; their order does not matter."""
    combined = 0
    for one in hashes:
        combined ^= one
    return combined


def hash_row(values: list[Any]) -> int:
    return int.from_bytes(sha256(repr(values).encode()).digest())


def convert(value: Any, column: DatabaseColumn) -> Any:
    """Convert a value of SQLite to the form in which it is written to PostgreSQL and compared.

    Raises:
        MoveProblem: if the text has a character that PostgreSQL cannot store.
    """
    if value is None:
        return None
    if column.type in FROM_SQLITE:
        return FROM_SQLITE[column.type](value, column)
    if "\x00" in str(value):
        raise MoveProblem(f"Un texto de «{column.name}» tiene un carácter nulo, que PostgreSQL no admite.")
    return str(value)


def comparable(value: Any, column: DatabaseColumn) -> Any:
    """Convert a value of PostgreSQL to the form that ``convert`` returns."""
    if value is None:
        return None
    return FROM_POSTGRESQL.get(column.type, lambda found, _column: str(found))(value, column)


def format_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def format_number(number: Decimal, column: DatabaseColumn) -> str:
    return f"{number:.{column.scale or 0}f}"


def format_json(value: Any) -> str:
    """Return JSON text with sorted keys; ``value`` may be parsed already."""
    read = json.loads(value) if isinstance(value, str | bytes) else value
    return json.dumps(read, ensure_ascii=False, sort_keys=True)


type Converter = Callable[[Any, DatabaseColumn], Any]

SAME: dict[str, Converter] = {
    "boolean": lambda value, _column: bool(value),
    "integer": lambda value, _column: int(value),
    "bigint": lambda value, _column: int(value),
    "smallint": lambda value, _column: int(value),
    "double precision": lambda value, _column: float(value),
    "bytea": lambda value, _column: bytes(value),
}
FROM_SQLITE: dict[str, Converter] = {
    **SAME,
    "timestamp with time zone": lambda value, _column: format_moment(
        datetime.fromisoformat(value).replace(tzinfo=UTC)
    ),
    "numeric": lambda value, column: format_number(Decimal(str(value)), column),
    "jsonb": lambda value, _column: format_json(value),
    "uuid": lambda value, _column: str(value).replace("-", ""),
    "interval": lambda value, _column: f"{value} microseconds",
}
FROM_POSTGRESQL: dict[str, Converter] = {
    **SAME,
    "timestamp with time zone": lambda value, _column: format_moment(value),
    "numeric": lambda value, column: format_number(value, column),
    "jsonb": lambda value, _column: format_json(value),
    "uuid": lambda value, _column: value.hex,
    "interval": lambda value, _column: f"{round(value.total_seconds() * 1_000_000)} microseconds",
}


def check_ledger(heads: dict[str, list[Any]]) -> None:
    """Check the chain of the ledger and the approvals in the new database.

    Raises:
        MoveProblem: with the first finding.
    """
    if read_heads() != heads:
        raise MoveProblem("El libro de aprobaciones no termina donde terminaba. No se movió nada.")
    for found in run_checks(LEDGER_CHECKS).values():
        for finding in found:
            raise MoveProblem(f"{finding.message} Corrígelo antes en SQLite; no se movió nada.")


def drop_tables() -> None:
    """Drop all tables of the new database, which was empty before."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
