"""Send invitations: single-use links with which new users choose their password.

The link is allauth's password-reset link, so the same rules end it: a new password, a first sign-in, the time
limit, a deactivated account.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone, translation

from abierto.accounts.models import User
from abierto.accounts.profiles import read_chosen_languages
from abierto.addresses import absolute_url

#: Exceptions raised while the mail server does not respond or refuses a message.
MAIL_ERRORS = (SMTPException, OSError)


class NotInvitable(Exception):
    """An account that is closed, has a password already or has no address."""


def is_invited(account: User) -> bool:
    """Check that ``account`` is open and has no password yet."""
    return account.is_active and not account.has_usable_password()


def build_invitation_url(account: User) -> str:
    """Return the absolute address of the page where ``account`` chooses its password."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    keys = {"uidb36": user_pk_to_url_str(account), "key": token}
    return absolute_url(reverse("account_reset_password_from_key", kwargs=keys))


def invitation_end(now: datetime | None = None) -> datetime:
    """Return the time at which an invitation sent at ``now`` expires."""
    return (now or timezone.now()) + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def send_invitation(account: User, by: User | None = None) -> None:
    """E-mail the invitation link to ``account``; repeating the call sends a new link.

    Raises:
        NotInvitable: for an account without address, with a password, or closed.
    """
    if not (is_invited(account) and account.email):
        raise NotInvitable(account.username)
    with translation.override(read_chosen_languages([account]).get(account.pk, settings.LANGUAGE_CODE)):
        context = {
            "account": account,
            "inviter": by.public_name if by is not None else "",
            "invitation_url": build_invitation_url(account),
            "valid_until": invitation_end(),
            "login_url": absolute_url(reverse("account_login")),
            "roles": list(account.groups.order_by("name").values_list("name", flat=True)),
        }
        # Not ``send_mail``, which reads the host from the request: a command has none.
        letter = get_adapter().render_mail("account/email/invitation", account.email, context)
    letter.send()


def create_invited(account: User, groups: Iterable[Group], by: User | None = None) -> User:
    """Save a new account without a password, give it its roles and send its invitation."""
    account.set_unusable_password()
    account.save()
    account.groups.add(*groups)
    send_invitation(account, by)
    return account
