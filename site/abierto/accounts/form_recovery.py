"""Nothing typed is lost when a session ends under somebody's hands.

Whoever saves after her session ended, or after signing in again in another window, gets what she typed back,
ready to be sent once more. Only what came from the portal's own forms is shown again: else another site
could have its words sent with one click.
"""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as stock_csrf_failure

FORBIDDEN = 403
#: The script that saves by itself shows only the sentences of the codes it knows.
SHOWN_AS_IT_IS = "locked"
CSRF_FIELD = "csrfmiddlewaretoken"
OWED = "_abierto_owes_second_factor_at"
"""Where a request carries the address of the second factor that its session owes."""

#: What opens or closes a session is not sent again.
NOT_KEPT = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})


class save_submitted_form:
    """Answer a form that comes from nobody with the form itself, and the way to the door."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through."""
        answer: HttpResponseBase = self.get_response(request)
        return answer

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Look once Django has seen that the form is the portal's own."""
        if request.user.is_authenticated or not is_typed(request):
            return None
        return restore_submitted_form(request, _("Tu sesión terminó"), way_in(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Keep what was typed before its author signed in again; refuse the rest as Django does."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own or not is_typed(request):
        return stock_csrf_failure(request, reason=reason)
    return restore_submitted_form(request, _("Tu sesión cambió"), way_in(request))


def is_typed(request: HttpRequest) -> bool:
    """Say whether a request brings something that somebody typed in the admin."""
    if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
        return False
    if resolve(request.path_info).view_name in NOT_KEPT:
        return False
    return request.headers.get("X-Requested-With") != "XMLHttpRequest" and bool(fields_of(request))


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed; no password is ever shown again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != CSRF_FIELD and "password" not in name
        for value in values
    ]


def way_in(request: HttpRequest) -> str:
    """Return the address where a session is opened again, or proven."""
    owed: str | None = request.__dict__.get(OWED)
    if owed is not None:
        return owed
    back = urlencode({REDIRECT_FIELD_NAME: reverse("wagtailadmin_home")})
    return f"{reverse('account_login')}?{back}"


def restore_submitted_form(request: HttpRequest, title: str, door: str) -> HttpResponse:
    """Give back what was typed; to a script, the sentence alone: its page still has everything."""
    if not request.accepts("text/html"):
        sentence = _("Tu sesión terminó. No cierres esta ventana: entra en otra y aquí pulsa Guardar.")
        said = {"success": False, "error_code": SHOWN_AS_IT_IS, "error_message": sentence}
        return JsonResponse(said, status=FORBIDDEN)
    context = {
        "title": title,
        "door": door,
        "fields": fields_of(request),
        "address": request.get_full_path(),
        "had_files": bool(request.FILES),
    }
    return render(request, "account/kept.html", context, status=FORBIDDEN)
