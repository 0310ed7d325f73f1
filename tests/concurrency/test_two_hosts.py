"""Two web hosts with data folders of their own, which share PostgreSQL and Elasticsearch."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench.faults.content import sign_in
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


@pytest.fixture
def room(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("Several hosts share PostgreSQL.")
    room = newsroom()
    room.editor.set_password(PASSWORD)
    room.editor.save()
    return room


@pytest.fixture
def cluster(room, settings, elasticsearch_url) -> str:
    """Outgrow the embedded index as the manual says: set the address, and rebuild."""
    call_command("search", "rebuild", verbosity=0)
    settings.ABIERTO_SEARCH_ENGINE = "elasticsearch"
    settings.ABIERTO_ELASTICSEARCH_URLS = [elasticsearch_url]
    settings.ABIERTO_ELASTICSEARCH_INDEX = PREFIX
    call_command("search", "rebuild", verbosity=0)
    return elasticsearch_url


@pytest.fixture
def hosts(cluster, tmp_path) -> Iterator[list[str]]:
    """Two servers, each with a new data folder."""
    database = {name: str(connection.settings_dict[name]) for name in DATABASE}
    with ExitStack() as stack:
        addresses = []
        for number in range(2):
            given = {"database": database, "index": str(tmp_path / f"index-{number}")}
            given |= {"elasticsearch": cluster, "prefix": PREFIX}
            variables = {
                "ABIERTO_TEST_WORKERS": json.dumps(given),
                "DJANGO_SETTINGS_MODULE": "tests.search.workers.settings",
            }
            addresses.append(stack.enter_context(running_gunicorn(1, environment=variables)))
        yield addresses


def post(visitor: requests.Session, address: str, **form: str) -> requests.Response:
    """Send a form with the token of its page."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.get(address).text)
    return visitor.post(address, {**form, "csrfmiddlewaretoken": token[1]}, headers={"Referer": address})


def test_sessions_limits_and_withdrawals_hold_on_every_host(room, hosts):
    first, second = hosts
    page = published(factories.StandardPageFactory(title="Puentes de San Miguel"))
    call_command("search", "sync", verbosity=0)
    login, path = reverse("account_login"), page.get_url_parts()[2]

    # What each host shows, from its own cache.
    for host in (first, second):
        assert [requests.get(host + path).status_code for _time in range(2)] == [200, 200]
        assert path in requests.get(f"{host}/buscar/?q=puentes").text

    # Signed in on one, signed in on the other; and out.
    editor = requests.Session()
    post(editor, first + login, login=room.editor.username, password=PASSWORD)
    home = reverse("wagtailadmin_home")
    assert editor.get(second + home, allow_redirects=False).status_code == 200
    post(editor, second + reverse("account_logout"))
    assert editor.get(first + home, allow_redirects=False).status_code == 302

    # Wrong passwords are counted together.
    stranger = requests.Session()
    answers = [
        post(stranger, host + login, login=room.reviewer.username, password=f"mala-{number}").text
        for host in (first, second)
        for number in range(TRIES_OF_A_HOST)
    ]
    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]

    # Withdrawn on one, gone from the other with its next request.
    cookies = sign_in(room.reviewer)
    form = {"motivo": "Ya no es cierto", "csrfmiddlewaretoken": cookies["csrftoken"]}
    address = first + reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    done = requests.post(address, form, cookies=cookies, allow_redirects=False)
    assert done.status_code == 302
    for host in (second, first):
        assert requests.get(host + path).status_code == 404
        assert path not in requests.get(f"{host}/buscar/?q=puentes").text
