"""The open sessions of an account, which its owner and whoever keeps accounts see and end."""

from allauth.usersessions.models import UserSession

from abierto.accounts.models import User


def open_sessions(user: User) -> list[UserSession]:
    """Return the sessions of ``user`` that still open the portal, the latest first."""
    sessions = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)


def end_session(user: User, number: int) -> bool:
    """End one session of ``user``; say whether there was one by this number."""
    session = UserSession.objects.filter(user=user, pk=number).first()
    if session is None:
        return False
    session.end()
    return True


def end_sessions(user: User, but: str | None = None) -> int:
    """End every session of ``user``, except the one whose key is given; return how many."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)
