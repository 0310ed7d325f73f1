"""One door, in Spanish: whatever else takes a password leads to it, and a password alone opens little."""

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

pytestmark = pytest.mark.django_db

PASSWORD = "una-clave-larga-1"
HOME = "/admin/"


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture(autouse=True)
def no_attempts_yet():
    caches["attempts"].clear()


def enter(client, login: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_in(client) -> bool:
    return SESSION_KEY in client.session


def test_door_speaks_spanish_and_offers_no_account_to_whoever_asks(client):
    Site.objects.update(site_name="Abierto Guanajuato")

    page = client.get(reverse("account_login")).content.decode()

    assert "Usuario o correo" in page
    assert "Contraseña" in page
    assert "Abierto Guanajuato</title>" in page
    assert "Password" not in page
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/cuenta/registro/").status_code == 404


def test_pages_of_the_account_load_nothing_inline(client):
    response = client.get(reverse("account_login"))

    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "onclick" not in response.content.decode()


def test_editor_enters_with_her_user_or_her_mail(client, world):
    User.objects.filter(pk=world.north_editor.pk).update(email="norte@example.org")

    assert enter(client, "norte")["Location"] == HOME
    client.logout()
    assert enter(client, "Norte@example.org")["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_wrong_password_says_what_to_do_and_not_what_was_wrong(client, world):
    known = enter(client, "norte", "no-es-esta").content.decode()
    unknown = enter(client, "nadie", "no-es-esta").content.decode()

    sentence = "El usuario y la contraseña no corresponden."
    assert sentence in known
    assert sentence in unknown
    assert not is_in(client)


def test_closed_account_does_not_enter(client, world):
    User.objects.filter(pk=world.north_editor.pk).update(is_active=False)

    enter(client, "norte")

    assert not is_in(client)


def test_code_is_asked_after_the_password(client, world):
    secret = given_code_generator(world.north_reviewer)

    assert enter(client, "norte-revisa")["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))

    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_in(client)

    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_code_opens_the_door_once(client, world):
    secret = given_code_generator(world.north_reviewer)
    code = code_of(secret)
    enter(client, "norte-revisa")
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.logout()

    enter(client, "norte-revisa")
    page = client.post(reverse("mfa_authenticate"), {"code": code})

    assert "Ese código no es, o ya se usó." in page.content.decode()
    assert not is_in(client)


def test_being_remembered_opens_nothing_later(client, world):
    secret = given_code_generator(world.north_reviewer)
    enter(client, "norte-revisa", remember="on")
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret), "remember": "on"})

    assert client.session.get_expire_at_browser_close()
    assert set(response.cookies) <= {"sessionid", "csrftoken", "messages"}

    client.logout()
    assert enter(client, "norte-revisa")["Location"] == reverse("mfa_authenticate")


# --- The other doors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "door", ["/admin/login/", "/django-admin/login/", "/_util/login/", "/en/_util/login/"]
)
def test_other_doors_lead_to_the_one(client, world, door):
    given_code_generator(world.north_reviewer)
    credentials = {"username": "norte-revisa", "login": "norte-revisa", "password": PASSWORD}

    response = client.post(f"{door}?next=/admin/pages/", credentials)

    assert response.status_code == 302
    assert response["Location"].endswith("/cuenta/entrar/?next=%2Fadmin%2Fpages%2F")
    assert not is_in(client)
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("door", ["/admin/login/", "/django-admin/login/", "/_util/login/"])
@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_other_doors_send_nobody_elsewhere(client, door, target):
    response = client.get(door, {"next": target})

    # An address that is none is refused before any door (``abierto.bad_requests``).
    assert response.status_code == 400 or response["Location"] == reverse("account_login")


def every_plain_address() -> list[str]:
    """Return each address of the portal that takes no number or name."""
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


@pytest.mark.parametrize(("who", "doors"), [("norte", {"/cuenta/entrar/"}), ("norte-revisa", set())])
def test_no_other_address_opens_a_session_with_a_password(client, world, who, doors):
    """Whatever is added later: a password sent to every address opens one, and that only for an editor."""
    given_code_generator(world.north_reviewer)
    sent = {"username": who, "login": who, "email": who, "password": PASSWORD, "next": HOME}
    addresses = every_plain_address()
    client.raise_request_exception = False
    opened = set()

    for address in addresses:
        client.post(address, sent)
        if is_in(client):
            opened.add(address)
            client.logout()

    assert len(addresses) > 100
    assert opened == doors


def test_basic_authentication_is_not_a_door(client, world):
    header = {"authorization": "Basic bm9ydGU6dW5hLWNsYXZlLWxhcmdhLTE="}

    assert client.get(HOME, headers=header).status_code == 302


# --- A forgotten password ------------------------------------------------------------------------------


@pytest.fixture
def letter(client, world):
    """The link that the reviewer gets when she forgets her password."""
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    client.post(reverse("account_reset_password"), {"email": "revisa@example.org"})
    (message,) = mail.outbox
    assert message.to == ["revisa@example.org"]
    return next(line for line in message.body.splitlines() if line.startswith("http")).strip()


def test_new_password_does_not_replace_the_second_factor(client, world, letter):
    given_code_generator(world.north_reviewer)
    form = client.get(letter, follow=True)
    address = form.redirect_chain[-1][0]

    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert not is_in(client)
    assert enter(client, "norte-revisa", "otra-clave-larga-9")["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_letter_works_once(client, world, letter):
    address = client.get(letter, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert "Ese enlace ya se usó o venció." in client.get(letter, follow=True).content.decode()


def test_letter_sets_no_password_of_an_account_closed_since(client, world, letter):
    address = client.get(letter, follow=True).redirect_chain[-1][0]
    User.objects.filter(pk=world.north_reviewer.pk).update(is_active=False)
    before = User.objects.get(pk=world.north_reviewer.pk).password

    client.post(address, {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"})

    assert User.objects.get(pk=world.north_reviewer.pk).password == before
    assert "Ese enlace ya se usó o venció." in client.get(letter, follow=True).content.decode()


def test_closing_an_account_ends_what_its_open_sessions_may_do(client, world):
    client.force_login(world.north_reviewer)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=world.north_reviewer.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_unknown_address_gets_no_letter_and_the_same_answer(client, world):
    response = client.post(reverse("account_reset_password"), {"email": "nadie@example.org"})

    assert response["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_letter_does_not_go_to_an_address_the_account_had_before(client, world):
    account = world.north_reviewer
    User.objects.filter(pk=account.pk).update(email="antes@example.org")
    client.post(reverse("account_reset_password"), {"email": "antes@example.org"})
    enter(client, "antes@example.org")
    User.objects.filter(pk=account.pk).update(email="ahora@example.org")
    mail.outbox.clear()

    client.post(reverse("account_reset_password"), {"email": "antes@example.org"})

    assert mail.outbox == []


def test_wagtails_own_letters_are_off(client):
    assert client.get("/admin/password_reset/").status_code == 404
