"""The test server is private and leaves no files."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.postgresql import NoPostgreSQL, find_binaries, running_postgresql


@pytest.fixture
def server_installed() -> None:
    try:
        find_binaries()
    except NoPostgreSQL as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


def test_the_server_listens_on_no_port_and_is_removed(server_installed):
    with running_postgresql() as url:
        folder = Path(unquote(urlsplit(url).netloc.rpartition("@")[2]))
        with psycopg.connect(url) as connection:
            addresses = connection.execute("SHOW listen_addresses").fetchone()
        mode = folder.stat().st_mode & 0o777

    assert addresses == ("",)
    assert mode == 0o700
    assert not folder.exists()
