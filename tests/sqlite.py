"""A migrated SQLite database, stored between test runs.

It begins with the script of a new database (decision 24), over which Django runs the migrations that came
later. The copy is named after the fingerprint of that script, of every migration and of the files that
migrations load, so that a new migration makes a new copy. Django still runs its (then empty) migrations over
it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

from abierto.operations.new_database import create_tables

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "abierto-migrated-"
KEPT_SECONDS = 3 * 24 * 3600


def sources() -> Iterator[Path]:
    """Yield every file that determines the freshly migrated database."""
    yield ROOT / "requirements-dev.lock"
    yield ROOT / "site/abierto/operations/new_database.py"
    # Rows and indexes that a receiver of ``post_migrate`` adds.
    yield ROOT / "site/abierto/tenancy/path_lookup.py"
    yield ROOT / "site/abierto/spaces/microsite_template.py"
    yield ROOT / "pages/municipalities/space_tree.py"
    for folder in ("site", "pages", "search"):
        for pattern in ("**/migrations/*.py", "**/data/*"):
            yield from (path for path in (ROOT / folder).glob(pattern) if path.is_file())


@cache
def template() -> Path:
    """Return the path of the copy for these migrations: in a folder that only this user can write to.

    Computed once: a migration written while the tests run is for the next run.
    """
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(sources()):
        total.update(str(path).encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"{PREFIX}{os.getuid()}" / f"{total.hexdigest()[:24]}.sqlite3"


def is_ours(path: Path) -> bool:
    """Check whether a copy exists that no other user can have written."""
    return path.exists() and path.parent.stat().st_uid == os.getuid() and not path.parent.is_symlink()


def restore(path: Path) -> bool:
    """Copy the stored database to ``path``; return whether there was one."""
    stored = template()
    if not is_ours(stored):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(stored, path)
    return True


@contextmanager
def one_process() -> Iterator[None]:
    """Let the block run in one process of these migrations at a time."""
    folder = template().parent
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def begin(path: Path) -> None:
    """Make the database of the script, which lacks the migrations that came later.

    The processes of a run begin with copies of one: its hash chains begin with its moment, and rows of one
    process could not continue those of another.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = template().with_suffix(".begun")
    with one_process():
        if not is_ours(begun):
            run_script(begun.with_suffix(".unfinished")).replace(begun)
    shutil.copyfile(begun, path)


def run_script(path: Path) -> Path:
    """Make the database of the script at ``path``."""
    path.unlink(missing_ok=True)
    connection = connections[DEFAULT_DB_ALIAS]
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    try:
        create_tables(connection)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    return path


def copy_database(source: Path, target: Path) -> None:
    """Copy the database ``source`` into ``target``, also while others have it open."""
    connections.close_all()
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy)


def keep(path: Path) -> None:
    """Store a copy of the database at ``path`` and delete copies that are days old."""
    stored = template()
    stored.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = stored.with_suffix(f".{os.getpid()}")
    copy_database(path, unfinished)
    unfinished.replace(stored)
    for other in stored.parent.iterdir():
        if other.stat().st_mtime < time.time() - KEPT_SECONDS:
            other.unlink()
