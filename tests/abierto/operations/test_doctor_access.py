"""The doctor command's checks of roles and second factors."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError
from wagtail.log_actions import LogContext

from abierto.accounts.second_factor import set_totp_secret
from abierto.operations.diagnosis import State
from abierto.operations.doctor import access
from tests.abierto.approval.newsroom import newsroom, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def room():
    return newsroom()


def diagnosis_of(part: str):
    (found,) = [diagnosis for diagnosis in access.check_access() if diagnosis.part == part]
    return found


def test_reviewer_without_second_factor_is_reported(room):
    found = diagnosis_of("Segundo paso")

    assert found.state is State.WARNING
    assert "revisora" in found.detail
    assert "editora" not in found.detail


def test_all_second_factors_set_up_is_ok(room):
    for user in (room.reviewer, room.both, room.administrator, room.superuser):
        set_totp_secret(user, SECRET)

    assert diagnosis_of("Segundo paso").state is State.OK


def test_factor_encrypted_with_another_key_is_reported(room, settings):
    set_totp_secret(room.reviewer, SECRET)
    settings.SECRET_KEY = "otra"

    found = diagnosis_of("Claves del segundo paso")

    assert found.state is State.ERROR
    assert "revisora" in found.detail
    assert "remove_second_factor" in found.fix
    assert Authenticator.objects.count() == 1


def test_single_role_administrator_is_a_warning(room):
    room.superuser.delete()

    assert diagnosis_of("Dos personas del Estado").state is State.WARNING


def test_two_role_administrators_are_ok_and_pending_roles_reported(room):
    assert not [one for one in access.check_access() if one.part == "Dos personas del Estado"]
    assert diagnosis_of("Papeles").state is State.OK

    with LogContext(user=room.administrator):
        person("nueva", room.space.reviewers)

    assert "nueva" in diagnosis_of("Papeles por confirmar").detail


def test_unavailable_attempts_cache_is_reported(room, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(access.caches["attempts"], "get", refuse)

    assert diagnosis_of("Acceso").state is State.ERROR
