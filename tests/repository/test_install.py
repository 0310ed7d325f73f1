"""The documented commands install the portal from scratch, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.postgresql import NoPostgreSQL, running_postgresql

from .files import ROOT

pytestmark = pytest.mark.slow

RUN = ROOT / "run.py"
PATIENCE_SECONDS = 180
# Variables of this test run that a user who installs the portal does not have.
OURS = (
    *("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ELASTICSEARCH_URL", "PYTHONPATH"),
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # set while the browser runs in the same process
)
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "abierto.settings.production",
    "ABIERTO_SECRET_KEY": "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O",
    "ABIERTO_HOSTS": "abierto.example.org",
    "ABIERTO_BASE_URL": "https://abierto.example.org",
    "ABIERTO_EMAIL_URL": "smtp+tls://portal:secreto@localhost:587",
}


@dataclass
class Installation:
    """An installation with a fresh environment: a data folder and, for PostgreSQL, an empty database."""

    data: Path
    database_url: str

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a user."""
        rest = {name: value for name, value in os.environ.items() if name not in OURS}
        own = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return {**rest, **own, "ABIERTO_DATA": str(self.data), **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``python3 run.py`` with these arguments to its end."""
        return subprocess.run(
            [sys.executable, str(RUN), *arguments],
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def succeed(self, *arguments: str, **more: str) -> str:
        """Run a command that must succeed, and return its output."""
        done = self.run(*arguments, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installed(request, tmp_path_factory) -> Iterator[Installation]:
    """The portal after ``python3 run.py --prepare``."""
    if not (ROOT / ".venv").exists():
        pytest.skip("python3 run.py test prepares the environment that is used here.")
    with ExitStack() as stack:
        url = ""
        if request.param == "postgresql":
            try:
                url = stack.enter_context(running_postgresql()).replace("postgresql://", "postgres://")
            except NoPostgreSQL as missing:
                (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))
        installation = Installation(tmp_path_factory.mktemp(request.param), url)
        installation.succeed("--prepare")
        yield installation
        shutil.rmtree(installation.data, ignore_errors=True)


def test_the_prepared_portal_is_complete(installed):
    """On PostgreSQL also after years of changes: the order of rows on disk changes nothing."""
    if installed.database_url:
        shuffle_rows(installed.database_url)
    assert "Todo en orden" in installed.succeed("manage", "integrity")


def test_commands_read_the_prepared_portal(installed):
    if installed.database_url:
        pytest.skip("The served pages show the figure and the result on both databases.")
    report = installed.succeed("manage", "progress", "pal-2022-2024", "--report", "latest", "--json")
    assert json.loads(report)["declared"] == 42
    found = json.loads(installed.succeed("manage", "search", "query", "ladrilleras", "--json"))
    assert "ladrilleras" in json.dumps(found, ensure_ascii=False)


def test_a_second_prepare_does_nothing(installed):
    again = installed.run("--prepare")
    assert (again.returncode, again.stderr) == (0, "")


def test_the_portal_serves_its_pages(installed):
    with serving(installed) as address:
        assert "42\u00a0%" in get(address + "/")
        assert "ladrilleras" in get(address + "/buscar/?q=ladrilleras").partition("<main")[2]
        assert "Usuario o correo" in get(address + "/admin/")


def test_fresh_keeps_an_external_database(installed):
    if not installed.database_url:
        pytest.skip("Without DATABASE_URL the database is local data.")
    refused = installed.run("--fresh", "--yes")
    assert refused.returncode != 0
    assert "unset DATABASE_URL" in refused.stderr
    assert (installed.data / "index").exists()


def test_production_starts_in_the_order_of_the_manual(installed):
    if not installed.database_url:
        pytest.skip("Production asks for DATABASE_URL.")
    for command in (
        ["migrate", "--check"],
        ["collectstatic", "--no-input"],
        ["close_demo_accounts"],
        ["check", "--deploy", "--fail-level", "WARNING"],
    ):
        installed.succeed("manage", *command, **PRODUCTION)


@pytest.mark.parametrize(
    ("name", "value"), [("ABIERTO_SECRET_KEY", "corta"), ("ABIERTO_HOSTS", "*"), ("ABIERTO_HOSTS", "")]
)
def test_production_refuses_unsafe_settings(installed, name, value):
    if not installed.database_url:
        pytest.skip("Production asks for DATABASE_URL.")
    refused = installed.run("manage", "check", **{**PRODUCTION, name: value})
    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]


def shuffle_rows(database_url: str) -> None:
    """Rewrite every row of every table in random order, as years of changes do, without triggers."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        tables = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND ordinal_position = 1"
        ).fetchall()
        for names in tables:
            table, column = map(sql.Identifier, names)
            places = connection.execute(sql.SQL("SELECT ctid FROM {} ORDER BY random()").format(table))
            rewrite = sql.SQL("UPDATE {} SET {} = {} WHERE ctid = %s").format(table, column, column)
            for place in places.fetchall():
                connection.execute(rewrite, place)
        connection.execute("ANALYZE")


@contextmanager
def serving(installed: Installation) -> Iterator[str]:
    """Serve as ``python3 run.py`` does, within the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(RUN), "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=installed.environment(), **quiet)
    try:
        address = f"http://localhost:{port}"
        wait_for(address + "/salud/", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen) -> None:
    """Wait until the URL responds, or the server exits."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "run.py ended before it served"
        try:
            get(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answered at {address}")


def get(address: str) -> str:
    """Return the page at a URL."""
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        return answer.read().decode()
