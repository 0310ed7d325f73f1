"""System checks of the sign-in settings."""

import pytest
from django.conf import settings as django_settings
from django.core.checks import Tags, run_checks

from abierto.accounts.checks import MIDDLEWARE, check_sign_in_settings


def test_portal_settings_pass():
    assert check_sign_in_settings() == []
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
def test_each_unsafe_setting_is_reported(settings, name, change, number):
    settings.DEBUG = False
    setattr(settings, name, change(getattr(settings, name, None)))

    assert [one.id for one in check_sign_in_settings()] == [number]


def test_per_process_cache_is_reported(monkeypatch):
    # Not through the ``settings`` fixture: it would open the cache.
    monkeypatch.setitem(django_settings.CACHES, "default", {"BACKEND": "some.LocalCache"})

    assert [one.id for one in check_sign_in_settings()] == ["accounts.E003"]
