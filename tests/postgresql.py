"""A PostgreSQL server for the tests, started from the system's package and removed afterwards.

It lives in a temporary folder, listens on a private socket only (no port), trusts every user with access to
that
folder, and runs as an unprivileged user when the tests run as root, because PostgreSQL refuses to run as
root.

    with running_postgresql() as url: ...
    python tests/postgresql.py python -m pytest ...     runs a command with DATABASE_URL set
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

BINARIES = "/usr/lib/postgresql/*/bin"
UNPRIVILEGED = ("postgres", "nobody")
# No durability for test data, and no work in the background for databases that live for a second.
SETTINGS = {
    "autovacuum": "off",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "log_min_messages": "warning",
}


class NoPostgreSQL(RuntimeError):
    """The system has no PostgreSQL server installed."""


def find_binaries() -> Path:
    """Return the folder of the newest server's executables.

    Raises:
        NoPostgreSQL: when there is none; the message names the package to install.
    """
    folders = [Path(folder) for folder in glob.glob(BINARIES) if (Path(folder) / "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise NoPostgreSQL("Falta PostgreSQL: sudo apt-get install postgresql")


def server_user() -> dict[str, int | list[int]]:
    """Return the arguments that make a child process unprivileged; none when it already is."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def run(command: list[str | Path], **user) -> None:
    """Run an executable of the server and show its output only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        **user,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} falló ({done.returncode}):\n{done.stdout}")


@contextmanager
def running_postgresql(**changed: str) -> Iterator[str]:
    """Start a server, yield the DATABASE_URL of an empty database in it, stop it and remove its folder.

    Args:
        changed: settings in place of those of ``SETTINGS``, or more of them.
    """
    binaries = find_binaries()
    user = server_user()
    # A short path: a socket's may not exceed 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="abierto-pg-", dir="/tmp"))
    if user:
        os.chown(home, user["user"], user["group"])
    data, log = home / "data", home / "log"
    try:
        run(
            [
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "abierto",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            **user,
        )
        options = " ".join(
            f"-c {name}={value or repr(value)}" for name, value in (SETTINGS | changed).items()
        )
        options += f" -c unix_socket_directories={home}"
        run([binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start"], **user)
        try:
            run([binaries / "createdb", "-h", home, "-U", "abierto", "abierto"], **user)
            yield f"postgresql://abierto@{quote(str(home), safe='')}/abierto"
        finally:
            run([binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], **user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command with its own server and return its exit code."""
    try:
        with running_postgresql() as url:
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    except NoPostgreSQL as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
