"""Who needs a second factor, who has one, and whether a session was opened with it.

A password alone never approves nor administers: passwords are guessed, reused and given away to whoever asks
well. The rule is the other way round from a list of powers: **everybody needs a second factor but those who
only edit**. A group that nobody thought of here is on the safe side by itself.
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
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest

from abierto.accounts.encryption import encrypt
from abierto.accounts.models import User
from abierto.accounts.sessions import end_sessions

METHOD = "mfa"
#: What opens a session by itself; recovery codes only help whoever lost one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_CACHE = "_abierto_needs_second_factor"

# Spaces and reviews are layers above: their groups are known here by the names of their relations alone.
MORE_THAN_EDITING = (
    Q(edits_space__isnull=True)
    | Q(reviews_space__isnull=False)
    | Q(runs_space__isnull=False)
    | Q(reviewtask__isnull=False)
    | Q(groupapprovaltask__isnull=False)
)


#: Where layers above add what groups do not show, such as standing in for a reviewer for a time.
ALSO_NEEDED_BY: list[Callable[[User], bool]] = []


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Say whether ``user`` may only act with a second factor: whoever can do more than edit.

    That is: superusers, whoever has a permission of her own, and members of any group that is not just the
    editors of a space. Asked once per request.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if not hasattr(user, _CACHE):
        own_permissions = user.user_permissions.order_by().values("pk")
        powers = user.groups.filter(MORE_THAN_EDITING).order_by().values("pk").union(own_permissions)
        needs = user.is_superuser or powers.exists() or any(rule(user) for rule in ALSO_NEEDED_BY)
        setattr(user, _CACHE, needs)
    return bool(getattr(user, _CACHE))


def has_second_factor(user: User) -> bool:
    """Say whether ``user`` has set one up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_verified(request: HttpRequest) -> bool:
    """Say whether a second factor was shown in this session, by the person it belongs to."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def give_code_generator(user: User, secret: str) -> None:
    """Set ``secret`` up as the application that gives ``user`` her codes."""
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )


def take_away(user: User) -> int:
    """Remove every second factor of ``user`` and end her sessions; return how many there were."""
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return removed


def note_new_factor(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Whoever sets a factor up has just shown it: her session counts as opened with it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type)


def note_removed_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Without any factor left, no session was opened with one any more."""
    if has_second_factor(user):
        return
    records = get_authentication_records(request, user)
    kept = [record for record in records if record.get("method") != METHOD]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
    end_sessions(user, but=request.session.session_key)


def connect() -> None:
    """Listen."""
    authenticator_added.connect(note_new_factor, dispatch_uid="abierto.accounts.note_new_factor")
    authenticator_removed.connect(note_removed_factor, dispatch_uid="abierto.accounts.note_removed_factor")
