"""What allauth leaves to us: ending one session, removing a key that may be the last, leaving old doors."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abierto.accounts.forms import RemoveKeyForm
from abierto.accounts.sessions import end_session, open_sessions


def to_the_door(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the one place where people sign in; whatever was sent here is not looked at."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or ""
    query = urlencode({REDIRECT_FIELD_NAME: wanted}) if get_adapter().is_safe_url(wanted) else ""
    address = reverse("account_login")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


class RemoveKeyView(RemoveWebAuthnView):
    """Removes a key, unless it is the last that its owner needs."""

    form_class = RemoveKeyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which key, and ask at once: why it cannot go is said before anybody presses."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs | {"key": self.object, "data": kwargs.get("data") or {}}


class SessionsView(ListUserSessionsView):
    """One's own sessions, the latest first."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them in the portal's order."""
        return super().get_context_data(**kwargs) | {"sessions": open_sessions(self.request.user)}


@require_POST
@login_required
def end_own_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions."""
    if end_session(request.user, number):  # type: ignore[arg-type]
        messages.success(request, _("La sesión quedó cerrada."))
    return HttpResponseRedirect(reverse("usersessions_list"))
