"""Adapters for allauth: only administrators create accounts, and second-factor secrets are encrypted."""

import logging
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from abierto.accounts import attempts, encryption
from abierto.accounts.invitations import MAIL_ERRORS
from abierto.accounts.models import User
from abierto.accounts.profiles import read_chosen_languages
from abierto.accounts.second_factor import FACTORS, METHOD, has_second_factor, needs_second_factor
from abierto.addresses import absolute_url

logger = logging.getLogger(__name__)

WRONG_PAIR = _("El usuario y la contraseña no corresponden. Revísalos y escribe otra vez.")
WRONG_CODE = _("Ese código no es, o ya se usó. Espera el siguiente y escríbelo.")
TOO_MANY = _("Demasiados intentos. Espera cinco minutos y prueba otra vez.")
TOO_MANY_FROM_ELSEWHERE = _(
    "Hay demasiados intentos de entrar con esta cuenta. Entra desde donde ya entraste antes, o elige "
    "«Olvidé mi contraseña»."
)


class ActiveAccountTokens(PasswordResetTokenGenerator):
    """Password-reset tokens, which are invalid while the account is deactivated, even if sent before."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        return user is not None and user.is_active and super().check_token(user, token)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in messages, notification addresses and reauthentication rules."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Esa no es tu contraseña. Escríbela otra vez."),
        "too_many_login_attempts": TOO_MANY,
        "too_many_account_attempts": TOO_MANY_FROM_ELSEWHERE,
        "rate_limited": TOO_MANY,
    }
    #: Whether the account of the current attempt is under its own limit, see ``attempts``.
    is_within_account_limit = True

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: only administrators create accounts."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Prefix the portal's name instead of the host name, which depends on the request."""
        return f"[Abierto] {subject}"

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Render in the language that the account chose, else in the active language."""
        account = context.get("user")
        chosen = read_chosen_languages([account]) if isinstance(account, User) else {}
        with translation.override(next(iter(chosen.values()), translation.get_language())):
            return super().render_mail(template_prefix, email, context, headers)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the reset link at the portal's own address, whatever the host of the request."""
        url: str = super().get_reset_password_from_key_url(key)
        return absolute_url(urlsplit(url).path)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict | None = None, email: str | None = None
    ) -> None:
        """Send to the address of the user row, which administrators see and edit, not to allauth's copies."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and only log a failure of the mail server: an error would reveal which accounts exist."""
        try:
            super().send_mail(template_prefix, email, context)
        except MAIL_ERRORS:
            logger.exception("The mail server did not take a letter about an account")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by account and client address, so that another client cannot lock the account.

        allauth adds the host of the request, into which a client may write any port.
        """
        return f"{attempts.normalize_login(credentials)}:{get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt by address, then by account."""
        super().pre_authenticate(request, **credentials)
        self.is_within_account_limit = attempts.count_attempt(request, attempts.normalize_login(credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Refuse sign-in to an account over its limit, except from a known address or with a second factor.

        The refusal is the same for a right and a wrong password, and for an account that does not exist.
        """
        user = super().authenticate(request, **credentials)
        login = attempts.normalize_login(credentials)
        is_guarded = isinstance(user, User) and has_second_factor(user)
        if not (self.is_within_account_limit or is_guarded or attempts.is_known_address(request, login)):
            raise self.validation_error("too_many_account_attempts")
        if user is not None:
            attempts.record_success(request, login)
        return user

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict]:
        """Drop the password method for users with a second factor: a password alone changes no factor."""
        methods = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Skip reauthentication shortly after signing in."""
        return super().is_reauthentication_required(app=app, **kwargs) and not has_recent_login(
            context.request
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encryption of second-factor secrets and the rule about the last factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Tu papel exige un segundo paso. Antes de quitar este, agrega otro."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to delete the last factor of a user who needs one."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(authenticator.user)


def has_recent_login(request: HttpRequest) -> bool:
    """Check that this session signed in within ``REAUTHENTICATION_TIMEOUT`` seconds, with a factor if any."""
    records = get_authentication_records(request, request.user)
    if isinstance(request.user, User) and has_second_factor(request.user):
        records = [record for record in records if record.get("method") == METHOD]
    return any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)
