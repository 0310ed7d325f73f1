"""Copy and restore the database: ``VACUUM INTO`` on SQLite, ``pg_dump`` and ``psql`` on PostgreSQL."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, connections, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.executor import MigrationExecutor

from abierto.settings import environment

from .folder import BackupProblem

HEADS = "SELECT ledger, rows, link FROM approval_ledgerhead ORDER BY ledger"
REPLACE = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
Heads = dict[str, list[Any]]


def copy_database(target: Path) -> Heads:
    """Write a consistent copy of the database in use to ``target``; return the heads of its ledgers."""
    return _vacuum(target) if connection.vendor == "sqlite" else _dump(target)


def _vacuum(target: Path) -> Heads:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with closing(sqlite3.connect(target)) as copy:
        return read_heads(copy)


def _dump(target: Path) -> Heads:
    """Dump the same snapshot from which the heads are read."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        heads = read_heads()
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run("pg_dump", [*options, f"--file={target}"])
    return heads


def read_heads(database: sqlite3.Connection | None = None) -> Heads:
    """Return rows and link of each ledger of a SQLite database; without one, of the portal's database."""
    with closing(database.cursor()) if database else connection.cursor() as cursor:
        cursor.execute(HEADS)
        return {ledger: [rows, link] for ledger, rows, link in cursor.fetchall()}


def is_empty() -> bool:
    """Check that the portal's database has no tables."""
    return not connection.introspection.table_names()


def count_pending_migrations() -> int:
    """Return the number of unapplied migrations."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def put_database(source: Path, replace: bool) -> None:
    """Replace the portal's database by ``source``, atomically.

    Raises:
        BackupProblem: with the message of the database.
    """
    if connection.vendor == "sqlite":
        _put_file(source)
    else:
        _put_dump(source, replace)


def _put_file(source: Path) -> None:
    with closing(sqlite3.connect(source)) as database:
        answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise BackupProblem(f"La base del respaldo está dañada: {answer}")
    connections.close_all()
    target = Path(connection.settings_dict["NAME"])
    beside = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, beside)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    beside.replace(target)


def _put_dump(source: Path, replace: bool) -> None:
    statements = source.with_suffix(".sql")
    options = ["--no-owner", "--no-privileges", f"--file={statements}", str(source)]
    _run("pg_restore", options, has_database=False)
    before = [f"--command={REPLACE}"] if replace else []
    connections.close_all()
    quiet = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _run("psql", [*quiet, *before, f"--file={statements}"])


def _run(program: str, options: list[str], has_database: bool = True) -> None:
    """Run a client program of PostgreSQL with the connection parameters of the settings.

    Raises:
        BackupProblem: if it is missing or fails.
    """
    arguments, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, options)
    command = [program, *(arguments[1:] if has_database else options)]
    try:
        done = subprocess.run(
            command,
            env=environment.for_child(**(secrets or {})),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupProblem(f"Falta {program}: sudo apt-get install postgresql-client") from error
    if done.returncode:
        raise BackupProblem(f"{program} falló: {done.stderr.strip()[-500:]}")


def make_scratch_database(name: str) -> str:
    """Create an empty database on the portal's server; return its address for ``DATABASE_URL``."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0")
    chosen = connection.settings_dict
    login = ":".join(quote(str(part), safe="") for part in (chosen["USER"], chosen["PASSWORD"]) if part)
    place = quote(str(chosen["HOST"] or ""), safe="") + (f":{chosen['PORT']}" if chosen["PORT"] else "")
    return f"postgresql://{login}@{place}/{name}"


def drop_scratch_database(name: str) -> None:
    """Delete a database that ``make_scratch_database`` created."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
