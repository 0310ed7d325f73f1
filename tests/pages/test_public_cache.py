"""A cached page costs one query, and is dropped with the next request after any public change."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.core.cache import CACHE, current_version
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


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_cached_page_costs_one_query(client, page):
    assert queries_of(client, page.url) == 1


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

    assert queries_of(client, page.url) > 1


def test_each_language_is_cached_separately(client, page):
    assert 'lang="en' in client.get(f"/en{page.url}").content.decode()
    assert 'lang="es' in client.get(page.url).content.decode()


def test_a_404_is_not_cached(client):
    client.get("/aparece-luego/")
    published(StandardPageFactory(title="Aparece luego", slug="aparece-luego"))

    assert client.get("/aparece-luego/").status_code == 200
