"""Test clients that are signed in with the second factor that their role requires.

``client.force_login(user)`` skips the sign-in view, and with it the second factor; the portal then refuses
all
reviewers and administrators. So ``install()`` makes it store the session keys of the sign-in view. Tests
about the
second factor itself sign in with :func:`password_only`, or through the real view.
"""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from django.test import Client

from abierto.accounts.models import User
from abierto.accounts.second_factor import set_totp_secret
from abierto.accounts.totp import code_at, new_secret


def note_both_factors(client: Client, user: User) -> None:
    """Store the session keys that the sign-in view stores after password and code."""
    session = client.session
    now = time.time()
    session[METHODS] = [{"method": "password", "at": now}, {"method": "mfa", "type": "totp", "at": now}]
    session[WHOSE] = str(user.pk)
    session.save()


def install() -> None:
    """Make ``force_login`` sign users in with both factors, in this process."""
    if hasattr(Client, "_login_with_password_alone"):
        return
    Client._login_with_password_alone = Client._login

    def with_both_factors(self, user, backend=None):
        self._login_with_password_alone(user, backend)
        note_both_factors(self, user)

    Client._login = with_both_factors


def password_only(client: Client, user: User, *, ago: float = 0) -> None:
    """Sign ``user`` in as with the password only, ``ago`` seconds ago."""
    client.force_login(user)
    session = client.session
    session[METHODS] = [{"method": "password", "at": time.time() - ago}]
    session.save()


def given_code_generator(user: User) -> str:
    """Add an authenticator for codes to ``user``, and return its secret."""
    secret = new_secret()
    set_totp_secret(user, secret)
    return secret


def code_of(secret: str) -> str:
    """Return the present code of the application."""
    return code_at(secret)
