"""List and end the open sessions of an account; end sessions, tokens and invitation of a closed account."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import APIToken

from abierto.accounts.models import User


def open_sessions(user: User) -> list[UserSession]:
    """Return the open sessions of ``user``, newest first."""
    sessions = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)


def end_session(user: User, number: int) -> bool:
    """End one session of ``user``; return whether it existed."""
    session = UserSession.objects.filter(user=user, pk=number).first()
    if session is None:
        return False
    session.end()
    return True


def end_sessions(user: User, except_key: str | None = None) -> int:
    """End all sessions of ``user`` except the one with key ``except_key``; return the number."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=except_key or ""))
    for session in sessions:
        session.end()
    return len(sessions)


def delete_expired_sessions() -> None:
    """Delete the sessions past their end, and the addresses and browsers from which they were opened."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def end_access_of_closed_account(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """End sessions, API tokens and an open invitation of a closed account: opening it again revives none."""
    if raw or instance.is_active:
        return
    end_sessions(instance)
    APIToken.objects.filter(user=instance, revoked_at=None).update(revoked_at=timezone.now())
    if not instance.has_usable_password():
        # The invitation link is signed with the password hash: a new unusable one invalidates the link.
        instance.set_unusable_password()
        User.objects.filter(pk=instance.pk).update(password=instance.password)


def connect() -> None:
    post_save.connect(end_access_of_closed_account, sender=User, dispatch_uid="abierto.accounts.end_access")
