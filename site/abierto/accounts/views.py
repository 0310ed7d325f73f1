"""Views around allauth: ending a session, removing a security key, other forms that take a password."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset import perform_password_reset_login
from allauth.account.views import PasswordResetFromKeyView
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.documents.views.serve import authenticate_with_password as authenticate_for_collection
from wagtail.views import authenticate_with_password as authenticate_for_page

from abierto.accounts.forms import RemoveKeyForm
from abierto.accounts.invitations import is_invited
from abierto.accounts.sessions import end_session, open_sessions


def redirect_to_login(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to the one sign-in page; submitted credentials are ignored."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or ""
    query = urlencode({REDIRECT_FIELD_NAME: wanted}) if get_adapter().is_safe_url(wanted) else ""
    address = reverse("account_login")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


class RemoveKeyView(RemoveWebAuthnView):
    """Removes a security key, unless it is the last factor that its owner needs."""

    form_class = RemoveKeyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Bind the form on GET too, so that the page says at once why a key cannot be removed."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs | {"key": self.object, "data": kwargs.get("data") or {}}


class ChoosePasswordView(PasswordResetFromKeyView):
    """The page of allauth's reset link; an invited person is signed in and lands in the admin.

    A forgotten password only replaces the old one: its owner knows how to sign in.
    """

    def form_valid(self, form: Form) -> HttpResponseBase:
        was_invited = is_invited(self.reset_user)
        response = super().form_valid(form)
        return perform_password_reset_login(self.request, self.reset_user) if was_invited else response


class SessionsView(ListUserSessionsView):
    """The user's own sessions, newest first."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sessions": open_sessions(self.request.user)}


@require_POST
@login_required
def end_own_session(request: HttpRequest, number: int) -> HttpResponse:
    if end_session(request.user, number):  # type: ignore[arg-type]
        messages.success(request, _("La sesión quedó cerrada."))
    return HttpResponseRedirect(reverse("usersessions_list"))


# --- Passwords of private pages and collections --------------------------------------------------------


#: Key in ``ACCOUNT_RATE_LIMITS``.
ACTION = "private_page"
TOO_MANY_REQUESTS, FOUND = 429, 302

View = Callable[Concatenate[HttpRequest, int, ...], HttpResponseBase]


def limit_attempts(kind: str, view: View) -> View:
    """Count the attempts of ``view`` by restriction and client address (IPv6: by /64).

    An attempt counts before the password is compared, so that parallel attempts count too; the right
    password resets the count.
    """

    @wraps(view)
    def limited(request: HttpRequest, restriction: int, **more: int) -> HttpResponseBase:
        key = f"{kind}:{restriction}:{get_ip(request)}"
        is_attempt = request.method == "POST"
        if is_attempt and not ratelimit.consume(request, action=ACTION, key=key):
            return _refuse(request)
        response = view(request, restriction, *more.values())
        if is_attempt and response.status_code == FOUND:
            ratelimit.clear(request, action=ACTION, key=key)
        return response

    return limited


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"is_private_page": True}, status=TOO_MANY_REQUESTS)


page_password = limit_attempts("page", authenticate_for_page)
collection_password = limit_attempts("collection", authenticate_for_collection)
