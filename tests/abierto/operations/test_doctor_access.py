"""The doctor knows who decides and how her account is guarded."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError
from wagtail.log_actions import LogContext

from abierto.accounts.second_factor import give_code_generator
from abierto.operations.doctor import access
from abierto.operations.doctor.diagnosis import State
from tests.abierto.approval.newsroom import newsroom, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def room():
    return newsroom()


def told(part: str):
    (found,) = [diagnosis for diagnosis in access.access() if diagnosis.part == part]
    return found


def test_who_decides_without_a_second_factor_is_named(room):
    found = told("Segundo paso")

    assert found.state is State.WARNING
    assert "revisora" in found.detail
    assert "editora" not in found.detail


def test_once_all_have_it_that_is_said(room):
    for user in (room.reviewer, room.both, room.administrator, room.superuser):
        give_code_generator(user, SECRET)

    assert told("Segundo paso").state is State.WELL


def test_a_factor_kept_with_another_key_is_named(room, settings):
    give_code_generator(room.reviewer, SECRET)
    settings.SECRET_KEY = "otra"

    found = told("Claves del segundo paso")

    assert found.state is State.BAD
    assert "revisora" in found.detail
    assert "remove_second_factor" in found.fix
    assert Authenticator.objects.count() == 1


def test_one_giver_alone_is_a_warning(room):
    room.superuser.delete()

    assert told("Dos personas del Estado").state is State.WARNING


def test_two_givers_are_enough_and_what_waits_is_named(room):
    assert not [one for one in access.access() if one.part == "Dos personas del Estado"]
    assert told("Papeles").state is State.WELL

    with LogContext(user=room.administrator):
        person("nueva", room.space.reviewers)

    assert "nueva" in told("Papeles por confirmar").detail


def test_attempts_that_cannot_be_counted_are_named(room, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(access.caches["attempts"], "get", refuse)

    assert told("Acceso").state is State.BAD
