"""The contents of the logs and the digest, which never include a value that a person sent."""

import json
import logging
import os
import subprocess
import sys
import time

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from abierto.operations import digest
from abierto.operations.logs import PrivateFormatter
from abierto.operations.metrics import REQUESTS
from abierto.operations.middleware import choose_id, record_requests

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "abierto.settings.production",
    "ABIERTO_SECRET_KEY": "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O",
    "ABIERTO_HOSTS": "abierto.example.org",
    "ABIERTO_BASE_URL": "https://abierto.example.org",
    "ABIERTO_EMAIL_URL": "smtp://localhost",
    "DATABASE_URL": "sqlite:///:memory:",
}
PRIVATE = "GOMC800101MGTRRS09"
WRONG_IDS = ("", "corto", "a" * 65, "0123456789abcdef\nX", "0123456789abcde ", "<script>alert(1)")


@pytest.fixture
def lines():
    """The lines of JSON that production would write, of all loggers."""
    written: list[dict] = []

    class Collect(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    handler = Collect(logging.DEBUG)
    handler.setFormatter(PrivateFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def events(settings, tmp_path):
    """A logger whose records reach the digest, in a folder of its own."""
    settings.ABIERTO_DATA = tmp_path
    settings.ABIERTO_ALERTS_TO = ["informatica@example.org"]
    logger, handler = logging.getLogger("tests.digest"), digest.DigestHandler()
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


@pytest.mark.parametrize("given", ["0123456789abcdef", "0b54a1ac-5d4c-4f0e-9d8c-2f6f3d3c9a11"])
def test_a_well_formed_request_id_is_kept(given):
    assert choose_id(given) == given


@pytest.mark.parametrize("given", WRONG_IDS)
def test_any_other_request_id_is_replaced(given):
    assert choose_id(given) != given
    assert len(choose_id(given)) == 32


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_id_and_its_view(client, lines):
    response = client.get(f"/no-existe/{PRIVATE}/?q={PRIVATE}", headers={"x-request-id": "0123456789abcdef"})

    line = next(line for line in lines if line["message"] == "Response")
    assert response["X-Request-ID"] == line["request_id"] == "0123456789abcdef"
    assert (line["status"], line["method"], line["level"]) == (404, "GET", "INFO")
    assert line["view"]
    assert PRIVATE not in json.dumps(lines)
    assert all(line["request_id"] == "0123456789abcdef" for line in lines)


def test_unknown_methods_share_one_measurement(client, lines):
    for number in range(3):
        client.generic(f"MINE{number}", "/robots.txt")

    methods = {sample.labels["method"] for family in REQUESTS.collect() for sample in family.samples}
    assert "OTHER" in methods
    assert not any(method.startswith("MINE") for method in methods)


def test_exceptions_are_named_without_their_messages(lines):
    try:
        raise ValueError(PRIVATE)
    except ValueError:
        logging.getLogger("django.request").error("%s: %s", "Error", PRIVATE, exc_info=True)

    assert lines[0]["exception"].startswith("ValueError < ")
    assert PRIVATE not in json.dumps(lines)


@pytest.mark.django_db
def test_a_slow_query_is_noted_without_its_values(lines, settings):
    settings.ABIERTO_SLOW_QUERY_MS = 0

    def view(request):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '{PRIVATE}', %s", [PRIVATE])
        return HttpResponse()

    record_requests(view)(RequestFactory().get("/"))

    assert [line["message"] for line in lines if "slow" in line["logger"]] == ["Slow query: SELECT '…', %s"]
    assert PRIVATE not in json.dumps(lines)


def test_the_digest_counts_what_repeats_and_is_sent_once_an_hour(events):
    for _ in range(3):
        events.error("%s is broken", PRIVATE)
    events.warning("A warning")
    call_command("send_digest")

    (letter,) = mail.outbox
    assert letter.to == ["informatica@example.org"]
    assert "3 × ERROR" in letter.body
    assert "A warning" not in letter.body
    assert PRIVATE not in letter.body
    assert digest.read_events() == []

    events.error("Again %s", 2)
    call_command("send_digest")
    assert len(mail.outbox) == 1
    stamp = digest.events_path().with_suffix(".sent")
    os.utime(stamp, (time.time() - digest.HOUR - 1,) * 2)
    call_command("send_digest")
    assert "Again" in mail.outbox[1].body


def test_a_refused_digest_keeps_its_events(events, monkeypatch):
    def refuse(*arguments, **options):
        raise ConnectionRefusedError

    events.error("Broken")
    monkeypatch.setattr(digest, "send_mail", refuse)
    with pytest.raises(ConnectionRefusedError):
        digest.send_digest()

    assert digest.count_events() == 1


def test_the_digest_stops_growing(events, monkeypatch):
    monkeypatch.setattr(digest, "MAX_BYTES", 300)
    for _ in range(50):
        events.error("Broken")

    assert digest.events_path().stat().st_size < 600


WRITE_TWO_LINES = """
import logging.config
from django.conf import settings
logging.config.dictConfig(settings.LOGGING)
logging.getLogger("abierto.prueba").info("Se hizo")
logging.getLogger("abierto.prueba").warning("Cuidado")
"""


@pytest.mark.parametrize("at_terminal", [True, False])
def test_a_service_writes_json_and_a_command_at_a_terminal_words(at_terminal, tmp_path):
    ours, theirs = os.openpty() if at_terminal else os.pipe()
    variables = {**os.environ, **PRODUCTION, "ABIERTO_DATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", WRITE_TWO_LINES], env=variables, stderr=theirs, check=True)

    written = os.read(ours, 10_000).decode().splitlines()

    if at_terminal:
        [line] = written
        assert line.endswith("WARNING abierto.prueba: Cuidado")
    else:
        assert [json.loads(line)["message"] for line in written] == ["Se hizo", "Cuidado"]
    os.close(ours)
    os.close(theirs)
