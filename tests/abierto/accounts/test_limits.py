"""Login attempts are shared between processes and counted per client address, not per proxy."""

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from abierto.accounts.cache import SharedAttemptsCache
from abierto.accounts.models import User
from abierto.settings import environment
from tests.abierto.tenancy import worlds
from tests.second_factor import code_of, given_code_generator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "una-clave-larga-1"
TOO_MANY = "Demasiados intentos."


@pytest.fixture(autouse=True)
def clear_attempts():
    caches["attempts"].clear()


@pytest.fixture
def world():
    return worlds.build()


def attempt(client, password: str = "no-es-esta", login: str = "norte", **headers):
    return client.post(
        reverse("account_login"), {"login": login, "password": password}, headers=headers or None
    )


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_is_refused_after_five_wrong_ones(client, world):
    for _number in range(5):
        attempt(client)

    assert TOO_MANY in attempt(client, PASSWORD).content.decode()
    assert not is_signed_in(client)


def test_attempts_at_all_hosts_count_together(client, world):
    """Any port is accepted in the header: a limit for each would be none."""
    for port in range(5):
        attempt(client, host=f"testserver:{8000 + port}")

    assert TOO_MANY in attempt(client, PASSWORD, host="testserver:9000").content.decode()
    assert not is_signed_in(client)


def test_right_password_does_not_count_as_attempt(client, world):
    for _number in range(8):
        attempt(client, PASSWORD)
        assert is_signed_in(client)
        client.logout()


def test_attempts_are_shared_between_processes(client, world, monkeypatch):
    """Clearing the memory cache simulates another process."""
    for _number in range(5):
        attempt(client)
    LocMemCache.clear(cache)

    assert TOO_MANY in attempt(client, PASSWORD).content.decode()


def test_right_code_is_refused_after_five_wrong_ones(client, world):
    secret = given_code_generator(world.north_reviewer)
    attempt(client, PASSWORD, "norte-revisa")
    for _number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    page = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert TOO_MANY in page.content.decode()
    assert not is_signed_in(client)


def test_code_limit_survives_a_new_login(client, world):
    secret = given_code_generator(world.north_reviewer)
    for _number in range(5):
        attempt(client, PASSWORD, "norte-revisa")
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.cookies.clear()

    attempt(client, PASSWORD, "norte-revisa")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert not is_signed_in(client)


def test_password_reset_mails_are_limited(client, world):
    answers = [
        client.post(reverse("account_reset_password"), {"email": "nadie@example.org"}) for _number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Espera unos minutos" in answers[-1].content.decode()


# --- Behind a proxy ------------------------------------------------------------------------------------


def exceed_limit_from(client, address: str) -> bool:
    """Send one wrong password for each of many accounts; return whether the limit was reached."""
    for number in range(11):
        answer = attempt(client, login=f"nadie-{number}", **{"x-forwarded-for": address})
    return TOO_MANY in answer.content.decode()


def test_forwarded_header_is_ignored_without_proxy(client, world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert exceed_limit_from(client, "203.0.113.1")
    assert TOO_MANY in attempt(client, PASSWORD, **{"x-forwarded-for": "203.0.113.2"}).content.decode()


def test_attempts_are_counted_per_client_behind_proxy(client, world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert exceed_limit_from(client, "203.0.113.1")
    attempt(client, PASSWORD, **{"x-forwarded-for": "203.0.113.2"})
    assert is_signed_in(client)


def test_client_supplied_forwarded_header_is_ignored(client, world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        attempt(client, login=f"nadie-{number}", **{"x-forwarded-for": f"198.51.100.{number}, 203.0.113.1"})

    answer = attempt(client, PASSWORD, **{"x-forwarded-for": "198.51.100.99, 203.0.113.1"})

    assert TOO_MANY in answer.content.decode()


# --- One account, many addresses -----------------------------------------------------------------------


@pytest.fixture
def behind_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def attempt_from(client, number: int, password: str, login: str = "norte"):
    return attempt(client, password, login, **{"x-forwarded-for": f"203.0.113.{number}"})


def guess_from_many_addresses(client, login: str = "norte"):
    """Send the wrong passwords that one account may have in an hour."""
    for number in range(30):
        attempt_from(client, number // 5, "no-es-esta", login)


@pytest.mark.usefixtures("behind_proxy")
def test_wrong_passwords_from_elsewhere_do_not_lock_the_account(client, world):
    for _number in range(8):
        attempt_from(client, 1, "no-es-esta")
    assert TOO_MANY in attempt_from(client, 1, PASSWORD).content.decode()

    attempt_from(client, 2, PASSWORD)

    assert is_signed_in(client)


@pytest.mark.usefixtures("behind_proxy")
@pytest.mark.parametrize(("login", "password"), [("norte", PASSWORD), ("norte", "otra"), ("nadie", "otra")])
def test_guesses_from_many_addresses_are_refused_alike(client, world, login, password):
    guess_from_many_addresses(client, login)

    page = attempt_from(client, 99, password, login).content.decode()

    assert "Hay demasiados intentos de entrar con esta cuenta." in page
    assert not is_signed_in(client)


@pytest.mark.usefixtures("behind_proxy")
def test_owner_signs_in_from_her_own_address_while_others_guess(client, world):
    attempt_from(client, 77, PASSWORD)
    client.logout()
    guess_from_many_addresses(client)

    assert "no corresponden" in attempt_from(client, 77, "me-equivoco").content.decode()
    attempt_from(client, 77, PASSWORD)

    assert is_signed_in(client)


@pytest.mark.usefixtures("behind_proxy")
def test_owner_with_second_factor_signs_in_while_others_guess(client, world):
    secret = given_code_generator(world.north_reviewer)
    guess_from_many_addresses(client, "norte-revisa")

    attempt_from(client, 99, PASSWORD, "norte-revisa")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert is_signed_in(client)


@pytest.mark.usefixtures("behind_proxy")
def test_guesses_of_one_address_do_not_use_up_the_account(client, world):
    for _number in range(40):
        attempt_from(client, 1, "no-es-esta")

    attempt_from(client, 2, PASSWORD)

    assert is_signed_in(client)


@pytest.mark.usefixtures("behind_proxy")
def test_new_password_opens_the_account_while_others_guess(client, world):
    User.objects.filter(pk=world.north_editor.pk).update(email="norte@example.org")
    guess_from_many_addresses(client)
    here = {"x-forwarded-for": "203.0.113.99"}
    for _number in range(5):
        attempt_from(client, 99, "me-equivoco")

    client.post(reverse("account_reset_password"), {"email": "norte@example.org"}, headers=here)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http")).strip()
    form = client.get(link, follow=True, headers=here).redirect_chain[-1][0]
    new = "otra-clave-larga-9"
    client.post(form, {"password1": new, "password2": new}, headers=here)
    attempt_from(client, 99, new)

    assert is_signed_in(client)


def test_proxy_count_must_be_a_number(monkeypatch):
    monkeypatch.setenv("ABIERTO_TRUSTED_PROXIES", "dos")

    with pytest.raises(ImproperlyConfigured, match="ABIERTO_TRUSTED_PROXIES"):
        environment.number("ABIERTO_TRUSTED_PROXIES", 0)


# --- Storage of attempts --------------------------------------------------------------------------------


def test_only_allauth_keys_are_stored_in_database(django_assert_num_queries):
    memory = SharedAttemptsCache("a-test", {})

    with django_assert_num_queries(0):
        memory.set("wagtail_site_root_paths", 1)
        assert memory.get("wagtail_site_root_paths") == 1
        assert not memory.add("wagtail_site_root_paths", 2)
        memory.delete("wagtail_site_root_paths")

    memory.set("allauth:rl:x", [1.0])
    assert SharedAttemptsCache("another-process", {}).get("allauth:rl:x") == [1.0]
    assert not SharedAttemptsCache("another-process", {}).add("allauth:rl:x", [2.0])
    memory.delete("allauth:rl:x")
    assert SharedAttemptsCache("another-process", {}).get("allauth:rl:x") is None


def test_full_cache_does_not_drop_attempts():
    caches["attempts"].set("allauth:rl:first", [1.0], 300)
    for number in range(400):
        caches["attempts"].set(f"allauth:rl:{number}", [1.0], 300)

    assert caches["attempts"].get("allauth:rl:first") == [1.0]
