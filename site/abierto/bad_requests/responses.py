"""The 400 response: a page, a fragment or JSON, depending on the client; the 404 of replaced views."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from abierto.addresses import is_admin_address

from .errors import UnreadableInput
from .submitted_input import submitted_text

BAD_REQUEST = 400
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
#: The API of open data, whose errors are all of one shape (``opendata.api.schema``).
DATA_API = "/api/"
#: The autosave script shows messages for the codes that it knows; this one stops it.
AUTOSAVE_CODE = "locked"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_MUCH):
        request._mark_post_parse_error()  # type: ignore[attr-defined]  # what was sent cannot be read again
    return answer_bad_request(request, get_error_message(exception))


def get_error_message(exception: Exception) -> str:
    """Return the message for an exception."""
    if isinstance(exception, UnreadableInput):
        return exception.sentence
    if isinstance(exception, TOO_MUCH):
        return _("Lo que enviaste es demasiado grande para recibirlo de una vez. Envíalo por partes.")
    return _("No entendimos lo que enviaste y nada cambió. Vuelve atrás, recarga e inténtalo otra vez.")


def answer_bad_request(request: HttpRequest, sentence: str) -> HttpResponse:
    """Render ``error_message`` with status 400 and the submitted text."""
    if request.path.startswith(DATA_API):
        return JsonResponse({"error": sentence}, status=BAD_REQUEST)
    if wants_json(request):
        payload = {
            "success": False,
            "error_code": AUTOSAVE_CODE,
            "error_message": sentence,
            "message": sentence,
        }
        return JsonResponse(payload, status=BAD_REQUEST)
    context = {"sentence": sentence, "submitted": submitted_text(request)}
    return render(request, choose_template(request), context, status=BAD_REQUEST)


def wants_json(request: HttpRequest) -> bool:
    """Check whether the client reads JSON: autosave, the admin API, a chooser modal."""
    if not request.accepts("text/html") or request.content_type == "application/json":
        return True
    is_modal = is_script(request) and request.headers.get("Accept", "").startswith(
        ("text/plain", "application/json")
    )
    return is_modal or request.path.startswith(f"{reverse('wagtailadmin_home')}api/")


def choose_template(request: HttpRequest) -> str:
    """Return the template: a fragment for a script, the admin layout for admin users, else the public one."""
    if is_script(request):
        return "bad_requests/fragment.html"
    user: Any = getattr(request, "user", None)
    if is_admin_address(request) and user is not None and user.has_perm("wagtailadmin.access_admin"):
        return "bad_requests/admin.html"
    return "400.html"


def is_script(request: HttpRequest) -> bool:
    """Check whether a script requests a fragment."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest" or "HX-Request" in request.headers


# --- What the portal does not have ---------------------------------------------------------------------


def raise_not_found(request: HttpRequest) -> HttpResponseBase:
    """Replace a view of a library by a 404.

    Raises:
        Http404: always.
    """
    raise Http404
