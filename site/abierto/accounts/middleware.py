"""Nobody who needs a second factor does anything without it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from abierto.accounts.second_factor import has_second_factor, is_verified, needs_second_factor

from .form_recovery import OWED, is_typed

if TYPE_CHECKING:
    from abierto.accounts.models import User

#: What somebody who has given her password alone may still reach: what leads to the second factor, or out.
OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "wagtailadmin_logout",
    }
)


def second_factor_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lead to the second factor whoever needs it and has not shown it; elsewhere she is nobody.

    By default: a view that is added later, below the admin or anywhere else, never meets an account that
    can approve or administer without its second factor.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not lacks_second_factor(request) or view_name(request) in OPEN:
            return get_response(request)
        if is_typed(request):
            request.__dict__[OWED] = next_step(request)  # not lost: it is given back on the way
        elif request.path.startswith((reverse("wagtailadmin_home"), reverse("mfa_index"))):
            return HttpResponseRedirect(next_step(request))
        request.user = AnonymousUser()
        return get_response(request)

    return middleware


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether the request comes from a session that still owes a second factor.

    Without a cookie there is no session: the answer stays the same for everybody, and can be kept.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    return not is_verified(request) and needs_second_factor(request.user)


def view_name(request: HttpRequest) -> str:
    """Return the name of the view that will answer; empty when there is none."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def next_step(request: HttpRequest) -> str:
    """Return where to show the second factor, or where to set it up, to an account that lacks it."""
    user = cast("User", request.user)
    name = "mfa_reauthenticate" if has_second_factor(user) else "mfa_index"
    wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}"
