"""Load and faults: one short round of the table, and what its client counts."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench.faults.content import Public
from bench.faults.traffic import NO_ANSWER, Visitors
from bench.server import ROOT, free_port

ZEROS = ("acknowledged lost", "withdrawn visible", "500", "no answer", "not accepted afterwards")
ROUND_SECONDS = 300


@pytest.mark.slow
def test_a_short_round_loses_nothing_and_shows_nothing_withdrawn():
    command = [sys.executable, str(ROOT / "bench/run.py"), "load", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=ROUND_SECONDS, check=True)
    rows = json.loads(done.stdout)["load"]

    assert [name.partition(": ")[2] for name in rows] == [
        "3 readers, 2 municipalities",
        "worker killed -9",
        "mail server refusing",
    ]
    for name, row in rows.items():
        assert {column: row[column] for column in ZEROS} == dict.fromkeys(ZEROS, 0), name
        assert row["acknowledged"] == 4
        assert row["recovered in s"] < 60


class Portal(BaseHTTPRequestHandler):
    """A portal that accepts every withdrawal, and goes on showing the page."""

    def do_GET(self):
        self.send_response(200 if self.path == "/obra/" else 500)
        self.end_headers()

    def do_POST(self):
        self.send_response(302)
        self.end_headers()

    def log_message(self, *args):
        """Log nothing."""


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_withdrawn_page_that_is_shown_and_each_error_are_counted(address):
    visitors = Visitors(address)

    assert visitors.withdraw(Public(7, "Obra", "/obra/", {"csrftoken": "a"}))

    assert visitors.log.visible == {7}
    assert visitors.log.statuses == {302: 1, 200: 1}
    assert visitors.request("/")[0] == 500
    assert visitors.log.failures == ["GET /: 500"]


def test_a_portal_that_does_not_answer_is_an_error():
    visitors = Visitors(f"http://127.0.0.1:{free_port()}")

    assert visitors.request("/") == (0, "")
    assert visitors.log.statuses == {NO_ANSWER: 1}
    assert visitors.log.failures == ["GET /: 0"]
