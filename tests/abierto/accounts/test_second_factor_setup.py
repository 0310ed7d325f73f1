"""Setup of a second factor through the pages; allauth finishes it after the commit."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import caches
from django.urls import reverse

from abierto.accounts.models import User
from tests.abierto.tenancy import worlds
from tests.second_factor import code_of, password_only

HOME = "/admin/"
PASSWORD = "una-clave-larga-1"


@pytest.fixture
def world(transactional_db):
    caches["attempts"].clear()
    return worlds.build()


def set_up(client) -> tuple[str, object]:
    """Set up an authenticator application; return its secret and the response."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})


def test_setup_opens_admin_and_shows_recovery_codes(client, world):
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    password_only(client, User.objects.get(pk=world.north_reviewer.pk))

    secret, response = set_up(client)

    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(HOME).status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    assert mail.outbox[0].to == ["revisa@example.org"]
    assert "se puso una aplicación de códigos" in mail.outbox[0].body
    assert secret not in str(Authenticator.objects.filter(type="totp").get().data)

    client.logout()
    client.post(reverse("account_login"), {"login": "norte-revisa", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.get(HOME).status_code == 200


def test_editor_with_optional_factor_is_asked_for_it(client, world):
    password_only(client, world.north_editor)
    set_up(client)
    client.logout()

    answer = client.post(reverse("account_login"), {"login": "norte", "password": PASSWORD})

    assert answer["Location"] == reverse("mfa_authenticate")
