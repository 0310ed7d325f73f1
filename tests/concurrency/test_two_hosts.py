"""Two web hosts with data folders of their own, which share PostgreSQL and Elasticsearch."""

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import requests
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench.faults.content import StaffedTown, sign_in, submit_page
from bench.server import running_gunicorn
from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.factories import published
from tests.search.workers.asking import DATABASE

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch, pytest.mark.both_databases]

PASSWORD = "una-clave-larga-1"
PREFIX = "two-hosts"
TOO_MANY = "Demasiados intentos"
TRIES_OF_A_HOST = 3
"""Fewer than the limit of five, which both hosts reach together."""
SECONDS = 60


@pytest.fixture
def room(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("Several hosts share PostgreSQL.")
    room = newsroom()
    room.editor.set_password(PASSWORD)
    room.editor.save()
    return room


@pytest.fixture
def hosts(room, settings, elasticsearch_url, tmp_path) -> Iterator[list[str]]:
    """Two servers, each with a new data folder."""
    settings.ABIERTO_SEARCH_ENGINE = "elasticsearch"
    settings.ABIERTO_ELASTICSEARCH_URLS = [elasticsearch_url]
    settings.ABIERTO_ELASTICSEARCH_INDEX = PREFIX
    database = {name: str(connection.settings_dict[name]) for name in DATABASE}
    servers = []
    for number in range(2):
        given = {"database": database, "index": str(tmp_path / f"index-{number}")}
        given |= {"elasticsearch": elasticsearch_url, "prefix": PREFIX}
        variables = {
            "ABIERTO_TEST_WORKERS": json.dumps(given),
            "DJANGO_SETTINGS_MODULE": "tests.search.workers.settings",
        }
        servers.append(running_gunicorn(1, environment=variables))
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        yield list(pool.map(stack.enter_context, servers))


def get(address: str, visitor: requests.Session | None = None) -> requests.Response:
    return (visitor or requests.Session()).get(address, allow_redirects=False, timeout=SECONDS)


def post(visitor: requests.Session, address: str, **form: str) -> requests.Response:
    """Send a form with the token of its page."""
    page = visitor.get(address, timeout=SECONDS).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form["csrfmiddlewaretoken"] = token[1]
    return visitor.post(address, form, headers={"Referer": address}, timeout=SECONDS)


def decide(cookies: dict[str, str], address: str, **form: str) -> int:
    """Send a form of the admin with the session in the cookies; return the status."""
    form["csrfmiddlewaretoken"] = cookies["csrftoken"]
    done = requests.post(address, form, cookies=cookies, allow_redirects=False, timeout=SECONDS)
    return done.status_code


def shows(host: str, path: str, word: str) -> tuple[int, bool]:
    """Return the status of a page at a host, and whether its search finds it."""
    return get(host + path).status_code, path in get(f"{host}/buscar/?q={word}").text


def test_sessions_limits_publications_and_withdrawals_hold_on_every_host(room, hosts):
    first, second = hosts
    page = published(factories.StandardPageFactory(title="Puentes de San Miguel"))
    waiting = submit_page(StaffedTown(room.home, room.editor, sign_in(room.reviewer)), "Marimba del parque")
    call_command("search", "rebuild", verbosity=0)
    path, new_path = page.get_url_parts()[2], f"/{waiting.slug}/"
    for host in hosts:  # each has them in its cache now
        assert shows(host, path, "puentes") == (200, True)
        assert shows(host, new_path, "marimba") == (404, False)

    # Signed in on one, signed in on the other; and out.
    login, home = reverse("account_login"), reverse("wagtailadmin_home")
    editor = requests.Session()
    post(editor, first + login, login=room.editor.username, password=PASSWORD)
    assert [get(host + home, editor).status_code for host in hosts] == [200, 200]
    post(editor, second + reverse("account_logout"))
    assert [get(host + home, editor).status_code for host in hosts] == [302, 302]

    # Wrong passwords are counted together.
    stranger = requests.Session()
    answers = [
        post(stranger, host + login, login=room.reviewer.username, password=f"mala-{number}").text
        for host in hosts
        for number in range(TRIES_OF_A_HOST)
    ]
    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]

    # Published on one, shown by the other.
    decision = {"action": "approve", "token": waiting.token, "comment": ""}
    assert decide(waiting.cookies, first + waiting.address, **decision) == 302
    assert get(second + new_path).status_code == 200
    deadline = time.monotonic() + SECONDS
    while shows(second, new_path, "marimba") != (200, True):
        assert time.monotonic() < deadline
        time.sleep(0.2)

    # Withdrawn on one, gone from the other with its next request.
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert decide(waiting.cookies, first + unpublish, motivo="Ya no es cierto") == 302
    for host in (second, first):
        assert shows(host, path, "puentes") == (404, False)
