"""Protection against demo accounts in production, whose passwords ``run.py`` prints."""

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

CLOSE_COMMAND = "python3 run.py manage close_demo_accounts"


def refuses_demo_accounts() -> bool:
    """Check whether this installation refuses demo accounts (production does)."""
    return bool(getattr(settings, "ABIERTO_REFUSE_DEMO_ACCOUNTS", False))


def open_demo_accounts() -> list[User]:
    """Return the demo accounts that can sign in."""
    accounts = User.objects.filter(is_demo=True, is_active=True).order_by("username")
    return [account for account in accounts if account.has_usable_password()]


def close_demo_accounts() -> int:
    """Deactivate the demo accounts, and delete their passwords and second factors; return their number."""
    accounts = open_demo_accounts()
    for account in accounts:
        account.set_unusable_password()
        account.is_active = False
        account.save(update_fields=["password", "is_active"])
        remove_second_factor(account)
    return len(accounts)


def describe_open_accounts(accounts: Sequence[User]) -> str:
    """Return the message with the accounts and the command that closes them."""
    names = ", ".join(account.username for account in accounts)
    return f"Pueden entrar {len(accounts)} cuentas de demostración ({names}). Ciérralas con: {CLOSE_COMMAND}"


def check_demo_accounts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Deploy check: report demo accounts that can sign in."""
    if not refuses_demo_accounts():
        return []
    try:
        accounts = open_demo_accounts()
    except DatabaseError:
        # No tables yet: the first migration must be able to run.
        return []
    return [Error(describe_open_accounts(accounts), id="operations.E001")] if accounts else []


def refuse_demo_accounts(get_response: Callable[[HttpRequest], HttpResponseBase]) -> NoReturn:
    """Middleware factory that stops the server while a demo account can sign in.

    A WSGI server builds the middleware before its first request, whereas system checks run only under
    ``manage.py``. No request passes through it.

    Raises:
        ImproperlyConfigured: if a demo account is active.
        MiddlewareNotUsed: otherwise.
    """
    if refuses_demo_accounts():
        accounts = open_demo_accounts()
        # A preloading server must not share one connection between its forked workers.
        connections.close_all()
        if accounts:
            raise ImproperlyConfigured(describe_open_accounts(accounts))
    raise MiddlewareNotUsed("No demonstration account can sign in.")
