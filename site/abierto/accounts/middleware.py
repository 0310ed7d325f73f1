"""Middleware that withholds the account from a request until a required second factor was verified."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override

from abierto.accounts.second_factor import has_second_factor, is_verified, needs_second_factor
from abierto.addresses import is_admin_address

from .form_recovery import MISSING_FACTOR_URL, is_form_submission
from .profiles import read_chosen_languages

if TYPE_CHECKING:
    from abierto.accounts.models import User

#: Views that are open between password and second factor: those that lead to the factor, or sign out.
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


def require_second_factor(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Redirect admin requests to a missing second factor; elsewhere treat the user as anonymous without it.

    This is the default for every view, also future ones: none gets an account that can approve or administer
    before its second factor.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not lacks_second_factor(request) or view_name(request) in OPEN:
            return get_response(request)
        if is_form_submission(request):
            request.__dict__[MISSING_FACTOR_URL] = second_factor_url(
                request
            )  # form_recovery returns the submitted data
        elif is_admin_address(request) or request.path.startswith(reverse("mfa_index")):
            return HttpResponseRedirect(second_factor_url(request))
        request.user = AnonymousUser()
        return get_response(request)

    return middleware


def lacks_second_factor(request: HttpRequest) -> bool:
    """Check that the session still needs a second factor.

    Without a session cookie the answer is False with no query, so that public pages stay cacheable.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    return not is_verified(request) and needs_second_factor(request.user)


def view_name(request: HttpRequest) -> str:
    """Return the name of the view that will respond; empty when none matches."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def second_factor_url(request: HttpRequest) -> str:
    """Return the address where the user verifies a second factor, or sets one up.

    Addresses of the admin have no language: from there it is the language chosen in «Tu cuenta».
    """
    user = cast("User", request.user)
    name = "mfa_reauthenticate" if has_second_factor(user) else "mfa_index"
    wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    chosen = read_chosen_languages([user]) if is_admin_address(request) else {}
    with override(chosen.get(user.pk, get_language())):
        return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}"
