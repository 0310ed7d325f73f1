"""Return the submitted admin form to its author when the session ended before it was saved.

The response shows the submitted fields again, ready to be sent after signing in. Only forms of the portal
itself are shown: otherwise another site could make a user submit its data with one click.
"""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as stock_csrf_failure

from abierto.addresses import is_admin_address

FORBIDDEN = 403
#: Wagtail's autosave script shows the message of known codes only; ``locked`` is one.
KNOWN_ERROR_CODE = "locked"
CSRF_FIELD = "csrfmiddlewaretoken"
MISSING_FACTOR_URL = "_abierto_second_factor_url"
"""Attribute of a request with the address where its session must verify a second factor."""

#: Views whose forms are never shown again: they open or close a session.
UNRECOVERABLE = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})


class FormRecoveryMiddleware:
    """Middleware: answer an anonymous admin form with the form itself and a link to the sign-in page."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = self.get_response(request)
        return answer

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Run after Django's CSRF check, which proves that the form is the portal's own."""
        if request.user.is_authenticated or not is_form_submission(request):
            return None
        return restore_submitted_form(request, _("Tu sesión terminó"), sign_in_url(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Return the submitted form if its author signed in again meanwhile; else respond as Django does."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own or not is_form_submission(request):
        return stock_csrf_failure(request, reason=reason)
    return restore_submitted_form(request, _("Tu sesión cambió"), sign_in_url(request))


def is_form_submission(request: HttpRequest) -> bool:
    """Check that the request submits an admin form (no XMLHttpRequest, no sign-in or sign-out)."""
    if request.method != "POST" or not is_admin_address(request):
        return False
    if resolve(request.path_info).view_name in UNRECOVERABLE:
        return False
    return request.headers.get("X-Requested-With") != "XMLHttpRequest" and bool(submitted_fields(request))


def submitted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the submitted fields without the CSRF token and passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != CSRF_FIELD and "password" not in name
        for value in values
    ]


def sign_in_url(request: HttpRequest) -> str:
    """Return the sign-in address, or that of the second factor that is still missing."""
    missing: str | None = request.__dict__.get(MISSING_FACTOR_URL)
    if missing is not None:
        return missing
    back = urlencode({REDIRECT_FIELD_NAME: reverse("wagtailadmin_home")})
    return f"{reverse('account_login')}?{back}"


def restore_submitted_form(request: HttpRequest, title: str, sign_in: str) -> HttpResponse:
    """Render the submitted fields with status 403; a script gets only the message, as JSON."""
    if not request.accepts("text/html"):
        message = _("Tu sesión terminó. No cierres esta ventana: entra en otra y aquí pulsa Guardar.")
        payload = {"success": False, "error_code": KNOWN_ERROR_CODE, "error_message": message}
        return JsonResponse(payload, status=FORBIDDEN)
    context = {
        "title": title,
        "sign_in_url": sign_in,
        "fields": submitted_fields(request),
        "address": request.get_full_path(),
        "had_files": bool(request.FILES),
    }
    return render(request, "account/form_recovery.html", context, status=FORBIDDEN)
