"""Continuous archiving of PostgreSQL, with the commands of ``docs/operations/backup.md``."""

import os
import shlex
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
import pytest

from tests.postgresql import NoPostgreSQL, find_binaries, run, running_postgresql, server_user

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 60
#: The manual's minute, shortened.
ARCHIVE_SECONDS = "1"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of the server's user, with a short path for its socket."""
    try:
        find_binaries()
    except NoPostgreSQL as missing:
        pytest.skip(str(missing))
    folder = Path(tempfile.mkdtemp(prefix="abierto-wal-", dir="/tmp"))
    (folder / "wal").mkdir()
    (folder / "data").mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def give_to_server(folder: Path) -> None:
    """Make the server's user the owner of a folder and of what is in it."""
    user = server_user()
    if user:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user["user"], user["group"])


@contextmanager
def restored_server(folder: Path, archive: Path, moment: str) -> Iterator[str]:
    """Start a server on the base backup in ``folder``, recovered from the archive until a moment."""
    data = folder / "data"
    shutil.unpack_archive(folder / "base/base.tar.gz", data, filter="data")
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n")
    (data / "recovery.signal").touch()
    give_to_server(folder)
    control = [find_binaries() / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-m", "immediate"]
    options = f"-c unix_socket_directories={folder} -c listen_addresses= -c archive_mode=off"
    run([*control, "-o", options, "start"], **server_user())
    try:
        yield f"postgresql://abierto@{quote(str(folder), safe='')}/abierto"
    finally:
        run([*control, "stop"], **server_user())


def wait_until_archived(database: psycopg.Connection) -> None:
    """Wait, without asking for it, until the file with what was just written is in the archive."""
    (wanted,) = database.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").fetchone()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        (last,) = database.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()
        if last and last >= wanted:
            return
        time.sleep(0.2)
    raise TimeoutError("The server archived nothing.")


def is_recovered(url: str) -> bool:
    with psycopg.connect(url) as database:
        return database.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def test_a_server_is_recovered_to_the_moment_before_a_mistake(place):
    archive, base = place / "wal", place / "base"
    give_to_server(place)
    archiving = {
        "wal_level": "replica",
        "max_wal_senders": "2",
        "archive_mode": "on",
        "archive_timeout": ARCHIVE_SECONDS,
        "archive_command": shlex.quote(f"test ! -f {archive}/%f && cp %p {archive}/%f"),
    }
    with running_postgresql(**archiving) as url, psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE notes (text varchar)")
        database.execute("INSERT INTO notes VALUES ('antes del respaldo')")
        socket = unquote(urlsplit(url).netloc.partition("@")[2])
        command = [find_binaries() / "pg_basebackup", "-D", base, "-Ft", "-z", "-X", "none", "-c", "fast"]
        run([*command, "-h", socket, "-U", "abierto"], **server_user())
        database.execute("INSERT INTO notes VALUES ('después del respaldo')")
        (moment,) = database.execute("SELECT clock_timestamp()::text").fetchone()
        time.sleep(0.1)
        database.execute("DELETE FROM notes")
        wait_until_archived(database)

    # The server and its disk are gone: what is left are the base backup and the archive.
    with restored_server(place, archive, moment) as url:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_recovered(url) and time.monotonic() < deadline:
            time.sleep(0.2)
        with psycopg.connect(url) as database:
            rows = database.execute("SELECT text FROM notes").fetchall()

    assert rows == [("antes del respaldo",), ("después del respaldo",)]
