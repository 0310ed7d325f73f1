"""A cached page costs one query, and is dropped with the next request after any public change."""

import gzip

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.core.cache import current_version
from pages.core.page_cache import CACHE
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    StandardPageFactory,
    UserFactory,
    home,
    published,
    republished,
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def enable_page_cache(transactional_db, settings) -> None:
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    caches[CACHE].clear()


@pytest.fixture
def page(client):
    """A page that was visited and is cached."""
    cached_page = published(StandardPageFactory(title="Qué es"))
    client.get(cached_page.url)
    return cached_page


def count_queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_cached_page_costs_one_query(client, page):
    assert count_queries(client, page.url) == 1


def test_an_unpublished_page_is_a_404_at_the_next_request(client, page):
    page.unpublish()

    assert client.get(page.url).status_code == 404


def test_a_deleted_page_is_a_404_at_the_next_request(client, page):
    page.delete()

    assert client.get(page.url).status_code == 404


def test_a_restricted_page_requires_sign_in_at_the_next_request(client, page):
    with imported("Página de una prueba"):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert client.get(page.url).status_code == 302


def test_a_restricted_home_page_requires_sign_in(client, page):
    front = published(home())
    assert client.get("/").status_code == 200
    with imported("Página de una prueba"):
        PageViewRestriction.objects.create(page=front, restriction_type="login")

    assert client.get("/").status_code == 302
    assert client.get(page.url).status_code == 302


def test_a_restricted_page_is_not_cached(client, page):
    private = published(StandardPageFactory(title="Solo con cuenta"))
    with imported("Página de una prueba"):
        PageViewRestriction.objects.create(page=private, restriction_type="login")
    client.force_login(UserFactory())
    assert client.get(private.url).status_code == 200

    client.logout()

    assert client.get(private.url).status_code == 302


def test_changed_text_is_shown_at_once(client, page):
    page.title = "Qué es el gobierno abierto"
    published(page)

    assert "Qué es el gobierno abierto" in client.get(page.url).content.decode()


def test_a_changed_registry_name_is_shown_at_once(client):
    institution = InstitutionFactory(name="Nombre de antes", acronym="")
    commitment = published(CommitmentPageFactory(parent=AxisPageFactory(), responsible=institution))
    assert "Nombre de antes" in client.get(commitment.url).content.decode()

    republished(institution, name="Nombre de ahora")

    assert "Nombre de ahora" in client.get(commitment.url).content.decode()


def test_a_rolled_back_change_does_not_raise_the_version():
    before = current_version()

    with transaction.atomic():
        InstitutionFactory()
        transaction.set_rollback(True)

    assert current_version() == before


def test_signed_in_users_get_no_cached_page(client, page):
    client.force_login(UserFactory())

    assert count_queries(client, page.url) > 1


def test_each_language_is_cached_separately(client, page):
    assert 'lang="en' in client.get(f"/en{page.url}").content.decode()
    assert 'lang="es' in client.get(page.url).content.decode()


def test_a_404_is_not_cached(client):
    client.get("/aparece-luego/")
    published(StandardPageFactory(title="Aparece luego", slug="aparece-luego"))

    assert client.get("/aparece-luego/").status_code == 200


def test_a_page_that_the_browser_has_is_not_sent_again(client, page):
    first = client.get(page.url)

    again = client.get(page.url, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "no-cache"


def test_a_changed_page_is_sent_again(client, page):
    tag = client.get(page.url)["ETag"]
    page.title = "Qué es el gobierno abierto"
    published(page)

    assert client.get(page.url, headers={"if-none-match": tag}).status_code == 200


def test_a_publication_elsewhere_does_not_send_a_page_again(client, page):
    tag = client.get(page.url)["ETag"]
    published(StandardPageFactory(title="Otra página"))

    assert client.get(page.url, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP;q=0.5"])
def test_a_page_is_sent_compressed_to_those_who_take_it(client, page, accepted):
    whole = client.get(page.url)

    small = client.get(page.url, headers={"accept-encoding": accepted})

    assert gzip.decompress(small.content) == whole.content
    assert small["Content-Length"] == str(len(small.content))
    assert "Accept-Encoding" in small["Vary"]
    assert "Content-Encoding" not in whole.headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0"])
def test_a_page_is_not_compressed_for_others(client, page, accepted):
    assert "Content-Encoding" not in client.get(page.url, headers={"accept-encoding": accepted}).headers


@pytest.mark.parametrize("cookie", ["sessionid", "django_language", "messages"])
def test_a_visitor_with_a_cookie_of_ours_gets_no_stored_page(client, page, cookie):
    client.cookies[cookie] = "algo"

    assert count_queries(client, page.url) > 1


def test_a_stored_page_has_the_headers_of_every_middleware(client, page):
    caches[CACHE].clear()
    one_id = {"x-request-id": "a" * 32}  # else each request has its own
    made, stored = client.get(page.url, headers=one_id), client.get(page.url, headers=one_id)

    assert made.headers == stored.headers
    assert {"Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"} <= set(stored.headers)


def test_a_host_that_is_not_ours_is_refused_with_the_usual_headers(client, page):
    response = client.get(page.url, headers={"host": "otro.example"})

    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers
