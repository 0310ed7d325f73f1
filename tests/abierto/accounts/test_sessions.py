"""Sessions of an account: listed and ended by the owner and by state administrators."""

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, ModelLogEntry

from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor
from abierto.accounts.sessions import open_sessions
from abierto.accounts.templatetags.accounts_tags import browser
from tests.abierto.tenancy import worlds
from tests.second_factor import given_code_generator, password_only

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOME = "/admin/"
PASSWORD = "una-clave-larga-1"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def world():
    caches["attempts"].clear()
    return worlds.build()


def sign_in(username: str = "norte", **headers) -> Client:
    """Sign in with a client of its own."""
    window = Client(headers=headers)
    window.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    assert window.get(HOME).status_code == 200
    return window


def is_open(window: Client) -> bool:
    return window.get(HOME).status_code == 200


def test_owner_ends_another_session(world):
    current, firefox = sign_in(), sign_in(**{"user-agent": FIREFOX})

    page = current.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows" in page
    assert page.count("esta sesión") == 1

    other = next(session for session in open_sessions(world.north_editor) if "Firefox" in session.user_agent)
    current.post(reverse("end_own_session", args=[other.pk]))

    assert not is_open(firefox)
    assert is_open(current)


def test_owner_ends_all_other_sessions(world):
    first, second, third = sign_in(), sign_in(), sign_in()

    first.post(reverse("usersessions_list"))

    assert [is_open(window) for window in (first, second, third)] == [True, False, False]


def test_session_of_another_user_cannot_be_ended(world):
    south_client, north_client = sign_in("sur"), sign_in("norte")
    (session,) = open_sessions(world.south_editor)

    north_client.post(reverse("end_own_session", args=[session.pk]))

    assert is_open(south_client)


def test_new_password_ends_other_sessions(world):
    current, other = sign_in(), sign_in()

    current.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"},
    )

    assert is_open(current)
    assert not is_open(other)


def test_password_change_requires_old_password(world):
    current = sign_in()

    page = current.post(
        reverse("account_change_password"),
        {"oldpassword": "no-es-esta", "password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"},
    )

    world.north_editor.refresh_from_db()
    assert world.north_editor.check_password(PASSWORD)
    assert page.status_code == 200


def test_wagtail_account_form_has_no_password_nor_email(client, world):
    client.force_login(world.north_editor)

    page = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "password-old_password" not in page
    assert 'name="name_email-email"' not in page


# --- State administrators ------------------------------------------------------------------------------


@pytest.fixture
def administrator(world):
    """A client signed in as a state administrator."""
    window = Client()
    window.force_login(worlds.member("administra", world.state.administrators))
    return window


def access_url(account: User) -> str:
    return reverse("account_access", args=[account.pk])


def test_administrator_lists_and_ends_sessions(administrator, world):
    firefox, other = sign_in(**{"user-agent": FIREFOX}), sign_in()
    assert "Firefox, Windows" in administrator.get(access_url(world.north_editor)).content.decode()
    assert access_url(world.north_editor) in administrator.get("/admin/users/").content.decode()

    session = next(one for one in open_sessions(world.north_editor) if "Firefox" in one.user_agent)
    administrator.post(access_url(world.north_editor), {"session": session.pk})
    assert [is_open(firefox), is_open(other)] == [False, True]

    administrator.post(access_url(world.north_editor), {"all": "1"})
    assert not is_open(other)
    entry = ModelLogEntry.objects.filter(action="accounts.end_sessions").first()
    assert entry.user.username == "administra"
    assert entry.object_id == str(world.north_editor.pk)


def test_administrator_removes_factor_and_owner_is_notified(administrator, world):
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    given_code_generator(world.north_reviewer)
    reviewer_client = Client()
    reviewer_client.force_login(world.north_reviewer)

    administrator.post(access_url(world.north_reviewer), {"factor": "1"})

    assert not has_second_factor(world.north_reviewer)
    assert ModelLogEntry.objects.get(action="accounts.remove_second_factor").user.username == "administra"
    (message,) = mail.outbox
    assert message.to == ["revisa@example.org"]
    assert "quitó tu segundo paso" in message.body


def test_administrator_cannot_remove_own_factor_here(administrator):
    me = User.objects.get(username="administra")
    given_code_generator(me)

    administrator.post(access_url(me), {"factor": "1"})

    assert has_second_factor(me)


@pytest.mark.parametrize("who", ["north_administrator", "north_editor", "state_editor"])
def test_only_state_administrators_see_sessions(client, world, who):
    client.force_login(getattr(world, who))

    for answer in (client.get(access_url(world.south_editor)), client.post(access_url(world.south_editor))):
        assert answer.status_code in (302, 404)
        assert "127.0.0.1" not in answer.content.decode()


def test_only_superusers_manage_sessions_of_superusers(administrator):
    superuser = User.objects.create_superuser("raiz", password=PASSWORD)
    given_code_generator(superuser)

    assert administrator.get(access_url(superuser)).status_code in (302, 403)
    administrator.post(access_url(superuser), {"factor": "1"})

    assert has_second_factor(superuser)


def test_administrator_without_verified_factor_cannot_end_sessions(client, world):
    password_only(client, worlds.member("administra", world.state.administrators))
    editor_client = sign_in()

    client.post(access_url(world.north_editor), {"all": "1"})

    assert is_open(editor_client)


def test_browser_filter_names_browser_and_system():
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"

    assert browser(edge) == "Edge, Windows"
    assert browser("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36") == "Chrome, Android"
    assert browser("curl/8") == "Programa desconocido"


def test_access_of_a_closed_account_stays_ended_when_it_is_opened_again(world):
    window = sign_in()
    account = world.north_editor
    token, _text = APIToken.create_token(user=account, name="cosecha")
    for is_active in (False, True):
        account.is_active = is_active
        account.save(update_fields=["is_active"])

    token.refresh_from_db()
    assert not is_open(window)
    assert is_open(sign_in())
    assert token.revoked_at is not None
