"""Where an account is open and how it is guarded, for whoever keeps accounts."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from abierto.accounts.admin.views import may_keep
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor, take_away
from abierto.accounts.sessions import end_session, end_sessions, open_sessions

ADDRESS = "account_access"
SESSIONS_ENDED = "accounts.end_sessions"
FACTOR_REMOVED = "accounts.remove_second_factor"


def access(request: HttpRequest, number: int) -> HttpResponse:
    """Show one account's sessions and whether it has a second factor; end the first, remove the second."""
    account = get_object_or_404(User, pk=number)
    if not keeps(request.user, account):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.method == "POST":
        act(request, account)
        return redirect(ADDRESS, number)
    context = {
        "account": account,
        "sessions": open_sessions(account),
        "has_factor": has_second_factor(account),
        "needs_factor": needs_second_factor(account),
        "is_own": account.pk == request.user.pk,
    }
    return render(request, "accounts/users/access.html", context)


def keeps(keeper: User, account: User) -> bool:
    """Say whether ``keeper`` may see and end the sessions of ``account``."""
    return keeper.has_perm("accounts.change_user") and may_keep(keeper, account)


def act(request: HttpRequest, account: User) -> None:
    """Do what was asked, on record. Nobody takes her own second factor away here: that is her account's."""
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
    """Take the second factor from whoever lost it, and tell her."""
    take_away(account)
    log(instance=account, action=FACTOR_REMOVED)
    get_adapter().send_notification_mail("account/email/second_factor_removed", account)
    messages.success(request, _("La cuenta quedó sin segundo paso y se cerró en todas partes."))
