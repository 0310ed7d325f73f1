"""Sign-in: one login page, and a password alone opens only an editor's session."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import caches
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from wagtail.models import Site

from abierto.accounts.models import User
from tests.abierto.tenancy import worlds
from tests.second_factor import code_of, given_code_generator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "una-clave-larga-1"
HOME = "/admin/"


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture(autouse=True)
def clear_attempts():
    caches["attempts"].clear()


def sign_in(client, login: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_signed_in(client) -> bool:
    return SESSION_KEY in client.session


def test_login_page_is_spanish_and_has_no_signup(client):
    Site.objects.update(site_name="Abierto Guanajuato")

    page = client.get(reverse("account_login")).content.decode()

    assert "Usuario o correo" in page
    assert "Contraseña" in page
    assert "Abierto Guanajuato</title>" in page
    assert "Password" not in page
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/cuenta/registro/").status_code == 404


def test_account_pages_have_no_inline_code(client):
    response = client.get(reverse("account_login"))

    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "onclick" not in response.content.decode()


def test_login_with_user_name_or_email(client, world):
    User.objects.filter(pk=world.north_editor.pk).update(email="norte@example.org")

    assert sign_in(client, "norte")["Location"] == HOME
    client.logout()
    assert sign_in(client, "Norte@example.org")["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_wrong_password_message_does_not_reveal_accounts(client, world):
    known = sign_in(client, "norte", "no-es-esta").content.decode()
    unknown = sign_in(client, "nadie", "no-es-esta").content.decode()

    sentence = "El usuario y la contraseña no corresponden."
    assert sentence in known
    assert sentence in unknown
    assert not is_signed_in(client)


def test_inactive_account_cannot_sign_in(client, world):
    User.objects.filter(pk=world.north_editor.pk).update(is_active=False)

    sign_in(client, "norte")

    assert not is_signed_in(client)


def test_code_is_required_after_password(client, world):
    secret = given_code_generator(world.north_reviewer)

    assert sign_in(client, "norte-revisa")["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))

    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)

    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_code_is_valid_once(client, world):
    secret = given_code_generator(world.north_reviewer)
    code = code_of(secret)
    sign_in(client, "norte-revisa")
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.logout()

    sign_in(client, "norte-revisa")
    page = client.post(reverse("mfa_authenticate"), {"code": code})

    assert "Ese código no es, o ya se usó." in page.content.decode()
    assert not is_signed_in(client)


def test_remember_option_has_no_effect(client, world):
    secret = given_code_generator(world.north_reviewer)
    sign_in(client, "norte-revisa", remember="on")
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret), "remember": "on"})

    assert client.session.get_expire_at_browser_close()
    assert set(response.cookies) <= {"sessionid", "csrftoken", "messages"}

    client.logout()
    assert sign_in(client, "norte-revisa")["Location"] == reverse("mfa_authenticate")


# --- Other login addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "login_url", ["/admin/login/", "/django-admin/login/", "/_util/login/", "/en/_util/login/"]
)
def test_other_login_addresses_redirect_to_login(client, world, login_url):
    given_code_generator(world.north_reviewer)
    credentials = {"username": "norte-revisa", "login": "norte-revisa", "password": PASSWORD}

    response = client.post(f"{login_url}?next=/admin/pages/", credentials)

    assert response.status_code == 302
    assert response["Location"].endswith("/cuenta/entrar/?next=%2Fadmin%2Fpages%2F")
    assert not is_signed_in(client)
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("login_url", ["/admin/login/", "/django-admin/login/", "/_util/login/"])
@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_other_login_addresses_reject_unsafe_redirects(client, login_url, target):
    response = client.get(login_url, {"next": target})

    # ``abierto.bad_requests`` refuses invalid addresses before the view runs.
    assert response.status_code == 400 or response["Location"] == reverse("account_login")


def plain_addresses() -> list[str]:
    """Return all addresses of the portal without arguments."""
    found = []

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif not set("<(\\[") & set(route):
                found.append("/" + route)

    walk(get_resolver().url_patterns, "")
    return sorted(set(found))


@pytest.mark.parametrize(("who", "expected"), [("norte", {"/cuenta/entrar/"}), ("norte-revisa", set())])
def test_password_opens_a_session_at_login_only(client, world, who, expected):
    """Also covers addresses added later: the password is posted to every one of them."""
    given_code_generator(world.north_reviewer)
    sent = {"username": who, "login": who, "email": who, "password": PASSWORD, "next": HOME}
    addresses = plain_addresses()
    client.raise_request_exception = False
    opened = set()

    for address in addresses:
        client.post(address, sent)
        if is_signed_in(client):
            opened.add(address)
            client.logout()

    assert len(addresses) > 100
    assert opened == expected


def test_basic_authentication_is_ignored(client, world):
    header = {"authorization": "Basic bm9ydGU6dW5hLWNsYXZlLWxhcmdhLTE="}

    assert client.get(HOME, headers=header).status_code == 302


# --- A forgotten password ------------------------------------------------------------------------------


@pytest.fixture
def reset_link(client, world):
    """The link in the reviewer's password-reset mail."""
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    client.post(reverse("account_reset_password"), {"email": "revisa@example.org"})
    (message,) = mail.outbox
    assert message.to == ["revisa@example.org"]
    return next(line for line in message.body.splitlines() if line.startswith("http")).strip()


def refuse_connection(letter):
    raise ConnectionRefusedError


def test_a_mail_server_that_is_away_shows_no_error_and_no_account(client, world, monkeypatch, caplog):
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    monkeypatch.setattr(mail.EmailMessage, "send", refuse_connection)
    caches["attempts"].clear()

    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("revisa@example.org", "otra@example.org")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert [record.message for record in caplog.records].count(
        "The mail server did not take a letter about an account"
    ) == 1


def test_new_password_does_not_replace_the_second_factor(client, world, reset_link):
    given_code_generator(world.north_reviewer)
    form = client.get(reset_link, follow=True)
    address = form.redirect_chain[-1][0]

    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert not is_signed_in(client)
    assert sign_in(client, "norte-revisa", "otra-clave-larga-9")["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_reset_link_is_valid_once(client, world, reset_link):
    address = client.get(reset_link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert "Ese enlace ya se usó o venció." in client.get(reset_link, follow=True).content.decode()


def test_reset_link_of_deactivated_account_is_invalid(client, world, reset_link):
    address = client.get(reset_link, follow=True).redirect_chain[-1][0]
    User.objects.filter(pk=world.north_reviewer.pk).update(is_active=False)
    before = User.objects.get(pk=world.north_reviewer.pk).password

    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert User.objects.get(pk=world.north_reviewer.pk).password == before
    assert "Ese enlace ya se usó o venció." in client.get(reset_link, follow=True).content.decode()


def test_deactivated_account_loses_open_sessions(client, world):
    client.force_login(world.north_reviewer)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=world.north_reviewer.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_reset_for_unknown_address_sends_nothing(client, world):
    response = client.post(reverse("account_reset_password"), {"email": "nadie@example.org"})

    assert response["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_reset_ignores_previous_address(client, world):
    account = world.north_reviewer
    User.objects.filter(pk=account.pk).update(email="antes@example.org")
    client.post(reverse("account_reset_password"), {"email": "antes@example.org"})
    sign_in(client, "antes@example.org")
    User.objects.filter(pk=account.pk).update(email="ahora@example.org")
    mail.outbox.clear()

    client.post(reverse("account_reset_password"), {"email": "antes@example.org"})

    assert mail.outbox == []


def test_wagtail_password_reset_is_disabled(client):
    assert client.get("/admin/password_reset/").status_code == 404
