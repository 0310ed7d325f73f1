"""Settings under which the door would stand open do not pass unnoticed."""

import pytest
from django.conf import settings as django_settings
from django.core.checks import Tags, run_checks

from abierto.accounts.checks import MIDDLEWARE, check_the_door


def test_the_portals_own_settings_leave_it_shut():
    assert check_the_door() == []
    assert not [one for one in run_checks(tags=[Tags.security]) if one.id.startswith("accounts.")]


@pytest.mark.parametrize(
    ("name", "change", "number"),
    [
        ("MIDDLEWARE", lambda old: [one for one in old if one != MIDDLEWARE], "accounts.E001"),
        ("MIDDLEWARE", lambda old: [MIDDLEWARE, *(one for one in old if one != MIDDLEWARE)], "accounts.E001"),
        ("AUTHENTICATION_BACKENDS", lambda old: [*old, "django.contrib.auth.backends.X"], "accounts.E002"),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", lambda old: True, "accounts.E004"),
    ],
)
def test_each_way_of_opening_it_is_named(settings, name, change, number):
    settings.DEBUG = False
    setattr(settings, name, change(getattr(settings, name, None)))

    assert [one.id for one in check_the_door()] == [number]


def test_a_cache_of_each_process_is_named(monkeypatch):
    # Not through the fixture: that would open it.
    monkeypatch.setitem(django_settings.CACHES, "default", {"BACKEND": "some.LocalCache"})

    assert [one.id for one in check_the_door()] == ["accounts.E003"]
