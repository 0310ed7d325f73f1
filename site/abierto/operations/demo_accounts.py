"""Demonstration accounts have no place on the open Internet: their passwords were printed on a screen."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponseBase

from abierto.accounts.models import User
from abierto.accounts.second_factor import remove_second_factor

CLOSE = "python3 run.py manage close_demo_accounts"


def refused() -> bool:
    """Say whether this installation refuses demonstration accounts (production does)."""
    return bool(getattr(settings, "ABIERTO_REFUSE_DEMO_ACCOUNTS", False))


def open_demo_accounts() -> list[User]:
    """Return the demonstration accounts that can sign in."""
    accounts = User.objects.filter(is_demo=True, is_active=True).order_by("username")
    return [account for account in accounts if account.has_usable_password()]


def close_demo_accounts() -> int:
    """Take passwords, codes and sessions from the demonstration accounts; return how many were open."""
    accounts = open_demo_accounts()
    for account in accounts:
        account.set_unusable_password()
        account.is_active = False
        account.save(update_fields=["password", "is_active"])
        remove_second_factor(account)
    return len(accounts)


def sentence(accounts: Sequence[User]) -> str:
    """Say which accounts are open, and what to do."""
    names = ", ".join(account.username for account in accounts)
    return f"Pueden entrar {len(accounts)} cuentas de demostración ({names}). Ciérralas con: {CLOSE}"


def check_demo_accounts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Tell ``manage.py check --deploy`` about demonstration accounts that can sign in."""
    if not refused():
        return []
    try:
        accounts = open_demo_accounts()
    except DatabaseError:
        # No tables yet: the first migration has to be able to run.
        return []
    return [Error(sentence(accounts), id="operations.E001")] if accounts else []


def refuse_demo_accounts(get_response: Callable[[HttpRequest], HttpResponseBase]) -> NoReturn:
    """Stop the server from starting while a demonstration account can sign in.

    Written as a middleware because that is what a WSGI server builds before its first request: system
    checks only run under ``manage.py``. It takes no part in any request.

    Raises:
        ImproperlyConfigured: when an account is open.
        MiddlewareNotUsed: otherwise.
    """
    if refused():
        accounts = open_demo_accounts()
        # A server that loads before it forks must not hand one connection to several workers.
        connections.close_all()
        if accounts:
            raise ImproperlyConfigured(sentence(accounts))
    raise MiddlewareNotUsed("No demonstration account can sign in.")
