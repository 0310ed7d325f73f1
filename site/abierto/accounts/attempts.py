"""Limit wrong passwords for one account from many client addresses without locking out its owner.

allauth's own limits count by address, and by account and address, so that a stranger elsewhere locks no
account. Guesses from many addresses are counted by account here. An account over that limit still opens from
an address where it was opened before, or with a second factor.
"""

from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.core.cache import caches
from django.http import HttpRequest

from abierto.accounts.cache import SHARED
from abierto.accounts.models import User

#: Key in ``ACCOUNT_RATE_LIMITS``.
ACTION = "login_account"
#: How long an address counts as one of the account's own, in seconds.
KNOWN_SECONDS = 90 * 24 * 60 * 60


def normalize_login(credentials: dict[str, Any]) -> str:
    """Return the user name or mail address as typed, in lower case, as allauth counts it."""
    return str(credentials.get("email") or credentials.get("username") or "").lower()


def count_attempt(request: HttpRequest, login: str) -> bool:
    """Count an attempt by account; return False if the account has had too many."""
    return ratelimit.consume(request, action=ACTION, key=login)


def record_success(request: HttpRequest, login: str) -> None:
    """Reset the count of the account, and store the client address as a known one."""
    ratelimit.clear(request, action=ACTION, key=login)
    caches[SHARED].set(_known_key(request, login), True, KNOWN_SECONDS)


def is_known_address(request: HttpRequest, login: str) -> bool:
    """Check that the account was opened from this address before."""
    return bool(caches[SHARED].get(_known_key(request, login)))


def _known_key(request: HttpRequest, login: str) -> str:
    return f"known:{sha256(f'{login} {get_ip(request)}'.encode()).hexdigest()}"


def record_new_password(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Reset all counts of an account: following the e-mailed link proves that this is its owner."""
    for login in filter(None, {user.username.lower(), user.email.lower()}):
        get_adapter()._delete_login_attempts_cached_email(request, username=login)
        record_success(request, login)


def connect() -> None:
    password_reset.connect(record_new_password, dispatch_uid="abierto.accounts.record_new_password")
