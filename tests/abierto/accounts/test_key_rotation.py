"""Rotating the secret key and the key of second factors: open sessions, codes and links stay valid."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from abierto.accounts.encryption import can_decrypt, decrypt
from abierto.accounts.models import User
from tests.abierto.tenancy import worlds
from tests.second_factor import given_code_generator

pytestmark = pytest.mark.django_db

OLD = "only-for-tests"
NEW = "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O"
ROTATED = {"SECRET_KEY": NEW, "SECRET_KEY_FALLBACKS": [OLD]}


def stored_secret(user: User) -> str:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]


def test_sessions_and_signed_links_stay_valid_while_the_earlier_key_is_listed():
    """A session used meanwhile is signed with the new key; an unused one ends with the earlier key."""
    world = worlds.build()
    used, unused = Client(), Client()
    for client in (used, unused):
        client.force_login(world.north_reviewer)
    link = signing.dumps([1], salt="a")

    with override_settings(**ROTATED):
        assert used.get("/admin/").status_code == 200
        assert signing.loads(link, salt="a") == [1]
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        assert used.get("/admin/").status_code == 200
        assert unused.get("/admin/").status_code == 302
        with pytest.raises(signing.BadSignature):
            signing.loads(link, salt="a")


@pytest.mark.parametrize(
    ("during", "after"),
    [
        (ROTATED, {"SECRET_KEY": NEW, "SECRET_KEY_FALLBACKS": []}),
        ({"ABIERTO_SECOND_FACTOR_KEYS": [NEW]}, {"ABIERTO_SECOND_FACTOR_KEYS": [NEW], "SECRET_KEY": "otra"}),
    ],
    ids=["secret key", "key of second factors"],
)
def test_second_factors_outlive_their_key(during, after):
    user = User.objects.create_user("ana", "ana@example.org")
    secret = given_code_generator(user)
    recovery = RecoveryCodes.activate(user)
    codes = recovery.get_unused_codes()

    with override_settings(**after):
        assert not can_decrypt(stored_secret(user))
    with override_settings(**during):
        assert decrypt(stored_secret(user)) == secret
        call_command("encrypt_second_factors")
    with override_settings(**after):
        assert decrypt(stored_secret(user)) == secret
        rows = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        assert RecoveryCodes(rows).get_unused_codes() == codes


def test_a_factor_that_no_key_decrypts_is_reported_and_stays():
    user = User.objects.create_user("ana", "ana@example.org")
    given_code_generator(user)
    before = stored_secret(user)

    with override_settings(SECRET_KEY=NEW), pytest.raises(CommandError, match="ana"):
        call_command("encrypt_second_factors")

    assert stored_secret(user) == before
