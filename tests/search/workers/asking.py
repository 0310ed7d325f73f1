"""Start workers on the database and index of a test, and send a request to each of them."""

import json
import tempfile
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from bench.server import running_gunicorn

DATABASE = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD")
SECONDS = 30


class Workers:
    """A server with a number of workers at an address."""

    def __init__(self, address: str, count: int) -> None:
        self.address, self.count = address, count

    def answers(self, path: str) -> list[str]:
        """Return the answer of each worker to the same request, at the same time."""
        with tempfile.TemporaryDirectory(prefix="abierto-meeting-") as folder:
            headers = {"X-Meeting": folder, "X-Workers": str(self.count)}
            with ThreadPoolExecutor(self.count) as threads:
                given = list(threads.map(lambda _: self._ask(path, headers), range(self.count)))
        assert len({worker for worker, _text in given}) == self.count
        return [text for _worker, text in given]

    def _ask(self, path: str, headers: dict[str, str]) -> tuple[str, str]:
        url = self.address + quote(path, safe="/?&=.:%")
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=SECONDS) as answer:
            return answer.headers["X-Worker"], answer.read().decode()


@contextmanager
def running_workers(count: int, index: Path) -> Iterator[Workers]:
    """Run workers on the test database and on the index in this folder."""
    database = {name: str(connection.settings_dict[name]) for name in DATABASE}
    environment = {
        "ABIERTO_TEST_WORKERS": json.dumps({"database": database, "index": str(index)}),
        "DJANGO_SETTINGS_MODULE": "tests.search.workers.settings",
    }
    with running_gunicorn(count, "tests.search.workers.wsgi", environment) as address:
        yield Workers(address, count)
