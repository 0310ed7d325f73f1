"""Production refuses to start while a demo account can sign in."""

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.core.management import call_command
from django.db import DatabaseError

from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor
from abierto.operations import demo_accounts
from tests.second_factor import given_code_generator


@pytest.fixture
def production(settings):
    settings.ABIERTO_REFUSE_DEMO_ACCOUNTS = True


def account(username: str = "demo", **fields) -> User:
    return User.objects.create_user(username, password="una-clave-larga-1", is_demo=True, **fields)


def start() -> None:
    demo_accounts.refuse_demo_accounts(lambda request: None)


def test_server_refuses_to_start_with_active_demo_account(transactional_db, production):
    account("edicion-demo")

    with pytest.raises(ImproperlyConfigured, match="edicion-demo"):
        start()


def test_server_starts_without_active_demo_accounts(transactional_db, production):
    person = account()
    given_code_generator(person)
    call_command("close_demo_accounts", verbosity=0)

    with pytest.raises(MiddlewareNotUsed):
        start()
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not person.is_active
    assert not has_second_factor(person)


@pytest.mark.django_db
def test_demo_accounts_are_allowed_in_development():
    account()

    with pytest.raises(MiddlewareNotUsed):
        start()
    assert demo_accounts.check_demo_accounts(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize("closed", ["inactive", "without password", "not a demonstration"])
def test_demo_account_without_access_is_ignored(production, closed):
    person = account()
    if closed == "inactive":
        person.is_active = False
    elif closed == "without password":
        person.set_unusable_password()
    else:
        person.is_demo = False
    person.save()

    assert demo_accounts.check_demo_accounts(None) == []


@pytest.mark.django_db
def test_deployment_check_names_accounts_and_fix(production):
    account("revision-demo")

    (error,) = demo_accounts.check_demo_accounts(None)

    assert error.id == "operations.E001"
    assert "revision-demo" in error.msg
    assert "close_demo_accounts" in error.msg


def test_check_passes_without_tables(production, monkeypatch):
    def no_tables():
        raise DatabaseError

    monkeypatch.setattr(demo_accounts, "open_demo_accounts", no_tables)

    assert demo_accounts.check_demo_accounts(None) == []


@pytest.mark.django_db
def test_closing_demo_accounts_keeps_real_accounts():
    person = User.objects.create_user("ana", password="una-clave-larga-1")

    assert demo_accounts.close_demo_accounts() == 0
    person.refresh_from_db()
    assert person.has_usable_password()
