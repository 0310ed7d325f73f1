"""Production does not start while a demonstration account can sign in."""

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


def test_server_does_not_start_while_one_is_open(transactional_db, production):
    account("edicion-demo")

    with pytest.raises(ImproperlyConfigured, match="edicion-demo"):
        start()


def test_server_starts_once_they_are_closed_and_takes_no_part_in_requests(transactional_db, production):
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
def test_on_ones_own_machine_they_are_welcome():
    account()

    with pytest.raises(MiddlewareNotUsed):
        start()
    assert demo_accounts.check_demo_accounts(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize("closed", ["inactive", "without password", "not a demonstration"])
def test_account_that_cannot_sign_in_does_no_harm(production, closed):
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
def test_deployment_check_names_the_accounts_and_the_way_out(production):
    account("revision-demo")

    (error,) = demo_accounts.check_demo_accounts(None)

    assert error.id == "operations.E001"
    assert "revision-demo" in error.msg
    assert "close_demo_accounts" in error.msg


def test_check_lets_the_first_migration_run(production, monkeypatch):
    def no_tables():
        raise DatabaseError

    monkeypatch.setattr(demo_accounts, "open_demo_accounts", no_tables)

    assert demo_accounts.check_demo_accounts(None) == []


@pytest.mark.django_db
def test_closing_leaves_real_accounts_alone():
    person = User.objects.create_user("ana", password="una-clave-larga-1")

    assert demo_accounts.close_demo_accounts() == 0
    person.refresh_from_db()
    assert person.has_usable_password()
