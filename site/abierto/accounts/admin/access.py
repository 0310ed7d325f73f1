"""Admin view with the sessions and the second factor of an account."""

import logging

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from abierto.accounts.admin.views import may_edit_account
from abierto.accounts.invitations import MAIL_ERRORS, NotInvitable, is_invited, send_invitation
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor, remove_second_factor
from abierto.accounts.sessions import end_session, end_sessions, open_sessions

logger = logging.getLogger(__name__)

ACCESS_URL_NAME = "account_access"
SESSIONS_ENDED = "accounts.end_sessions"
FACTOR_REMOVED = "accounts.remove_second_factor"
INVITED = "accounts.invite"


def access_view(request: HttpRequest, number: int) -> HttpResponse:
    """Show one account's sessions and second factor; end the former, remove the latter."""
    account = get_object_or_404(User, pk=number)
    if not may_manage_access(request.user, account):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.method == "POST":
        apply_action(request, account)
        return redirect(ACCESS_URL_NAME, number)
    context = {
        "account": account,
        "sessions": open_sessions(account),
        "has_factor": has_second_factor(account),
        "is_invited": is_invited(account),
        "needs_factor": needs_second_factor(account),
        "is_own": account.pk == request.user.pk,
    }
    return render(request, "accounts/users/access.html", context)


def may_manage_access(user: User, account: User) -> bool:
    """Check that ``user`` may see and end the sessions of ``account``."""
    return user.has_perm("accounts.change_user") and may_edit_account(user, account)


def apply_action(request: HttpRequest, account: User) -> None:
    """Apply the submitted action and log it; users remove their own factor on their account pages."""
    if "invite" in request.POST:
        invite_again(request, account)
        return
    if "session" in request.POST:
        number = request.POST["session"]
        ended = int(number.isdecimal() and end_session(account, int(number)))
    else:
        ended = end_sessions(account)
    if "factor" in request.POST and account.pk != request.user.pk:
        remove_factor(request, account)
    elif ended:
        log(instance=account, action=SESSIONS_ENDED, data={"sessions": ended})
        messages.success(request, _("Sesiones cerradas: %(number)s.") % {"number": ended})


def remove_factor(request: HttpRequest, account: User) -> None:
    """Remove a lost second factor, log it and notify the account by mail."""
    remove_second_factor(account)
    log(instance=account, action=FACTOR_REMOVED)
    get_adapter().send_notification_mail("account/email/second_factor_removed", account)
    messages.success(request, _("La cuenta quedó sin segundo paso y se cerró en todas partes."))


def invite_again(request: HttpRequest, account: User) -> None:
    """Send the invitation again and log it; an account that has a password or no address gets none."""
    try:
        send_invitation(account, request.user)  # type: ignore[arg-type]
    except NotInvitable:
        messages.error(request, _("Esta cuenta ya tiene contraseña, está cerrada o no tiene correo."))
        return
    except MAIL_ERRORS:
        logger.exception("The mail server did not take an invitation")
        messages.error(
            request,
            _("La invitación no salió: el servidor de correo no responde. Envíala otra vez más tarde."),
        )
        return
    log(instance=account, action=INVITED)
    messages.success(request, _("Se envió la invitación a %(address)s.") % {"address": account.email})
