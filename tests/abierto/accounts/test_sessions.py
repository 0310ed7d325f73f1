"""Where an account is open: seen and ended by its owner, and by whoever keeps accounts, on record."""

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor
from abierto.accounts.sessions import open_sessions
from abierto.accounts.templatetags.accounts_tags import browser
from tests.abierto.tenancy import worlds
from tests.second_factor import given_code_generator, password_only

pytestmark = pytest.mark.django_db

HOME = "/admin/"
PASSWORD = "una-clave-larga-1"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def world():
    caches["attempts"].clear()
    return worlds.build()


def enter(username: str = "norte", **headers) -> Client:
    """Sign in through the door, in a browser of one's own."""
    window = Client(headers=headers)
    window.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    assert window.get(HOME).status_code == 200
    return window


def is_open(window: Client) -> bool:
    return window.get(HOME).status_code == 200


def test_owner_sees_her_sessions_and_ends_another(world):
    here, there = enter(), enter(**{"user-agent": FIREFOX})

    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows" in page
    assert page.count("esta sesión") == 1

    other = next(session for session in open_sessions(world.north_editor) if "Firefox" in session.user_agent)
    here.post(reverse("end_own_session", args=[other.pk]))

    assert not is_open(there)
    assert is_open(here)


def test_owner_ends_all_the_others(world):
    here, there, elsewhere = enter(), enter(), enter()

    here.post(reverse("usersessions_list"))

    assert [is_open(window) for window in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_a_strangers_session_by_its_number(world):
    hers, mine = enter("sur"), enter("norte")
    (session,) = open_sessions(world.south_editor)

    mine.post(reverse("end_own_session", args=[session.pk]))

    assert is_open(hers)


def test_new_password_closes_the_account_everywhere_else(world):
    here, there = enter(), enter()

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"},
    )

    assert is_open(here)
    assert not is_open(there)


def test_password_does_not_change_without_the_old_one(world):
    here = enter()

    page = here.post(
        reverse("account_change_password"),
        {"oldpassword": "no-es-esta", "password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"},
    )

    world.north_editor.refresh_from_db()
    assert world.north_editor.check_password(PASSWORD)
    assert page.status_code == 200


def test_admins_own_form_changes_neither_password_nor_mail(client, world):
    client.force_login(world.north_editor)

    page = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "password-old_password" not in page
    assert 'name="name_email-email"' not in page


# --- Whoever keeps accounts ----------------------------------------------------------------------------


@pytest.fixture
def keeper(world):
    """A window of an administrator of the state's team."""
    window = Client()
    window.force_login(worlds.member("administra", world.state.administrators))
    return window


def access_of(account: User) -> str:
    return reverse("account_access", args=[account.pk])


def test_keeper_sees_and_ends_the_sessions_of_an_account(keeper, world):
    hers, there = enter(**{"user-agent": FIREFOX}), enter()
    assert "Firefox, Windows" in keeper.get(access_of(world.north_editor)).content.decode()
    assert access_of(world.north_editor) in keeper.get("/admin/users/").content.decode()

    session = next(one for one in open_sessions(world.north_editor) if "Firefox" in one.user_agent)
    keeper.post(access_of(world.north_editor), {"session": session.pk})
    assert [is_open(hers), is_open(there)] == [False, True]

    keeper.post(access_of(world.north_editor), {"all": "1"})
    assert not is_open(there)
    entry = ModelLogEntry.objects.filter(action="accounts.end_sessions").first()
    assert entry.user.username == "administra"
    assert entry.object_id == str(world.north_editor.pk)


def test_keeper_removes_a_lost_second_factor_and_its_owner_is_told(keeper, world):
    User.objects.filter(pk=world.north_reviewer.pk).update(email="revisa@example.org")
    given_code_generator(world.north_reviewer)
    hers = Client()
    hers.force_login(world.north_reviewer)

    keeper.post(access_of(world.north_reviewer), {"factor": "1"})

    assert not has_second_factor(world.north_reviewer)
    assert ModelLogEntry.objects.get(action="accounts.remove_second_factor").user.username == "administra"
    (letter,) = mail.outbox
    assert letter.to == ["revisa@example.org"]
    assert "quitó tu segundo paso" in letter.body


def test_keeper_does_not_remove_her_own(keeper):
    me = User.objects.get(username="administra")
    given_code_generator(me)

    keeper.post(access_of(me), {"factor": "1"})

    assert has_second_factor(me)


@pytest.mark.parametrize("who", ["north_administrator", "north_editor", "state_editor"])
def test_others_do_not_see_where_an_account_is_open(client, world, who):
    client.force_login(getattr(world, who))

    for answer in (client.get(access_of(world.south_editor)), client.post(access_of(world.south_editor))):
        assert answer.status_code in (302, 404)
        assert "127.0.0.1" not in answer.content.decode()


def test_a_superusers_access_is_only_superusers_business(keeper):
    boss = User.objects.create_superuser("raiz", password=PASSWORD)
    given_code_generator(boss)

    assert keeper.get(access_of(boss)).status_code in (302, 403)
    keeper.post(access_of(boss), {"factor": "1"})

    assert has_second_factor(boss)


def test_keeper_without_her_second_factor_keeps_nothing(client, world):
    password_only(client, worlds.member("administra", world.state.administrators))
    hers = enter()

    client.post(access_of(world.north_editor), {"all": "1"})

    assert is_open(hers)


def test_browsers_have_the_names_people_know():
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"

    assert browser(edge) == "Edge, Windows"
    assert browser("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36") == "Chrome, Android"
    assert browser("curl/8") == "Programa desconocido"
