"""Rate limit of private pages and collections: five attempts in five minutes per client address."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.factories import published

pytestmark = pytest.mark.django_db

PASSWORD = "solo-para-invitados"


@pytest.fixture(autouse=True)
def clear_attempts():
    caches["attempts"].clear()


def private_page(slug: str) -> str:
    """Return the address to which the password of a new private page is posted."""
    page = published(factories.StandardPageFactory(slug=slug))
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
    )
    return reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])


def private_collection() -> str:
    """Return the address to which the password of a new private collection is posted."""
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node().add_child(name="Privada"),
        restriction_type=CollectionViewRestriction.PASSWORD,
        password=PASSWORD,
    )
    return reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])


def attempt(client, address: str, password: str = "no-es-esta", ip: str = "203.0.113.5"):
    return client.post(address, {"password": password, "return_url": "/"}, REMOTE_ADDR=ip)


@pytest.fixture(params=["page", "collection"])
def address(request) -> str:
    return private_page("privada") if request.param == "page" else private_collection()


def test_right_password_is_refused_after_five_wrong_ones(client, address):
    answers = [attempt(client, address).status_code for _number in range(5)]
    assert answers == [200] * 5

    refused = attempt(client, address, PASSWORD)
    assert refused.status_code == 429
    assert "Espera unos minutos" in refused.content.decode()
    assert "Volver a entrar" not in refused.content.decode()


def test_new_session_does_not_reset_the_limit(client, address):
    for _number in range(5):
        attempt(client, address)
        client.cookies.clear()
    assert attempt(client, address).status_code == 429


def test_limit_does_not_affect_another_client(client, address):
    for _number in range(6):
        attempt(client, address)
    assert attempt(client, address, PASSWORD, ip="203.0.113.6").status_code == 302


def test_ipv6_addresses_of_one_network_share_the_limit(client, address):
    for number in range(5):
        attempt(client, address, ip=f"2001:db8::{number + 1}")
    assert attempt(client, address, PASSWORD, ip="2001:db8::99").status_code == 429
    assert attempt(client, address, PASSWORD, ip="2001:db9::1").status_code == 302


def test_limit_does_not_affect_another_page(client, address):
    other = private_page("otra")
    for _number in range(6):
        attempt(client, address)
    assert attempt(client, other, PASSWORD).status_code == 302


def test_right_password_does_not_count_as_attempt(client, address):
    for _number in range(8):
        assert attempt(client, address, PASSWORD).status_code == 302


def test_get_request_does_not_count_as_attempt(client, address):
    for _number in range(8):
        assert client.get(address).status_code == 200
    assert attempt(client, address, PASSWORD).status_code == 302
