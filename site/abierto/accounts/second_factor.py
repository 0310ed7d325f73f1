"""Check which users need a second factor, which have one, and which sessions were opened with it.

A password alone never approves nor administers: passwords are guessed, reused and phished. The rule names
the exception and not the powers: **every user needs a second factor, except those who only edit**. A group
that this module does not know is covered by default.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from abierto.accounts.encryption import encrypt, encrypt_anew
from abierto.accounts.models import User
from abierto.accounts.sessions import end_sessions

METHOD = "mfa"
#: Types that open a session; recovery codes only replace a lost factor of these types.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Encrypted values of a factor: of codes, and of recovery codes.
SECRETS = frozenset({"secret", "seed"})
_CACHE = "_abierto_needs_second_factor"

# Spaces and reviews belong to higher layers, so only the names of the relations are used here.
BEYOND_EDITING = (
    Q(edits_space__isnull=True, translates__isnull=True)
    | Q(reviews_space__isnull=False)
    | Q(runs_space__isnull=False)
    | Q(reviewtask__isnull=False)
    | Q(groupapprovaltask__isnull=False)
)


#: Rules of higher layers that groups do not show, such as being a stand-in reviewer today.
EXTRA_RULES: list[Callable[[User], bool]] = []


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Check that ``user`` may only act with a second factor: every user who can do more than edit.

    These are superusers, users with permissions of their own, and members of any group that is not an
    editor or translator group of a space. Cached on the user object.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if not hasattr(user, _CACHE):
        own_permissions = user.user_permissions.order_by().values("pk")
        powers = user.groups.filter(BEYOND_EDITING).order_by().values("pk").union(own_permissions)
        needs = user.is_superuser or powers.exists() or any(rule(user) for rule in EXTRA_RULES)
        setattr(user, _CACHE, needs)
    return bool(getattr(user, _CACHE))


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_verified(request: HttpRequest) -> bool:
    """Check that this session was opened with a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def set_totp_secret(user: User, secret: str) -> None:
    """Store ``secret`` as the TOTP secret of ``user``."""
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )


def remove_second_factor(user: User) -> int:
    """Delete all second factors of ``user`` and end the sessions; return the number of deleted rows."""
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return removed


def record_added_factor(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Count the session as opened with the factor that was just set up."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type)


def record_removed_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """End the other sessions once the last factor is removed; this one counts as opened without a factor."""
    if has_second_factor(user):
        return
    records = get_authentication_records(request, user)
    without_factors = [record for record in records if record.get("method") != METHOD]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = without_factors
    end_sessions(user, except_key=request.session.session_key)


def connect() -> None:
    authenticator_added.connect(record_added_factor, dispatch_uid="abierto.accounts.record_added_factor")
    authenticator_removed.connect(
        record_removed_factor, dispatch_uid="abierto.accounts.record_removed_factor"
    )


def encrypt_factors_anew() -> tuple[int, list[str]]:
    """Encrypt the secrets of all codes and recovery codes with the first key.

    Return the number of factors, and the accounts of those that no key decrypts, which stay as they are.
    """
    stored, lost = 0, []
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    factors = Authenticator.objects.filter(type__in=kinds).select_related("user").order_by("pk")
    for number in factors.values_list("pk", flat=True):
        with transaction.atomic():
            factor = factors.select_for_update(of=("self",)).get(pk=number)
            try:
                encrypted = {name: encrypt_anew(factor.data[name]) for name in SECRETS & factor.data.keys()}
            except InvalidToken:
                lost.append(factor.user.username)
                continue
            factor.data |= encrypted
            factor.save(update_fields=["data"])
            stored += 1
    return stored, sorted(set(lost))
