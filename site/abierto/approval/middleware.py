"""Serialize writes; answer refusals with the reason and, if the content changed, both versions."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.addresses import is_admin_address
from abierto.bad_requests.input_errors import EXPLAINABLE
from abierto.bad_requests.middleware import answer_to_exception
from abierto.bad_requests.submitted_input import submitted_prose
from abierto.tenancy.access import may_only_read, suspended_spaces
from abierto.tenancy.isolation.url_names import NO_TENANT_DATA

from .concurrency.serialized_writes import (
    is_permission_redirect,
    needs_tree_lock,
    reset_request,
    respond_serialized,
)
from .concurrency.tree_lock import is_transient
from .confirmations.responses import BACK, read_offer, respond_unconfirmed
from .confirmations.services import offer_confirmations
from .conflicts.responses import UnsavedInput, refuse_deleted, refuse_forbidden, respond_conflict
from .conflicts.versions import StaleVersion
from .errors import (
    ContentChanged,
    InvalidSubmission,
    NotAllowed,
    NothingSaved,
    ReviewRefused,
    UnconfirmedWarnings,
)
from .guard.suspension import Suspended, describe_suspension
from .guard.triggers.base import APPEND_ONLY, is_trigger_error
from .review.comparison import compare_versions
from .review.form_problems import show_problems

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_FOUND = 404
#: Attribute of a request whose view was called and whose refusals were rendered.
VIEW_CALLED = "_abierto_view_was_called"
CONFLICT = 409
BUSY = 503


class SerializedWritesMiddleware:
    """Run views that may change pages in one transaction, locked before its first read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the submitted text for a URL that was refused before its view."""
        response: HttpResponseBase = self.get_response(request)
        if (
            response.status_code != NOT_FOUND
            or VIEW_CALLED in request.__dict__
            or not needs_tree_lock(request)
        ):
            return response
        unsaved = refuse_deleted(request)
        return response if unsaved is None else render_refusal(request, unsaved, unsaved.status)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Run the view under the lock, and render its refusals."""
        if not needs_tree_lock(request):
            return None
        request.__dict__[VIEW_CALLED] = True
        try:
            return respond_or_refuse(request, lambda locked_request: view(locked_request, *args, **kwargs))
        except (*EXPLAINABLE, BadRequest, MultiPartParserError) as error:
            # Django calls no other middleware for an exception raised here instead of in the view.
            refusal = answer_to_exception(request, error)
            if refusal is None:
                raise
            return refusal


def respond_or_refuse(
    request: HttpRequest, view: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Run the view under the lock, and turn a refusal into its response."""
    try:
        with offer_confirmations(read_offer(request)):
            answer = respond_serialized(request, view)
        unsaved = find_unsaved_input(request, answer)
        return answer if unsaved is None else render_refusal(request, unsaved, unsaved.status)
    except UnconfirmedWarnings as refusal:
        shown = respond_on_form(request, view, refusal) if BACK in request.POST else None
        return shown or respond_unconfirmed(request, refusal)
    except InvalidSubmission as refusal:
        return respond_on_form(request, view, refusal) or respond_refusal(request, refusal)
    except ReviewRefused as refusal:
        return respond_refusal(request, refusal)
    except ProtectedError:
        sentence = _("No se puede borrar: otras partes del portal lo usan. Cámbialas primero.")
        return render_refusal(request, NotAllowed(sentence))
    except OperationalError as error:
        if not is_transient(error):
            raise
        sentence = _("Muchas personas guardan a la vez. Nada cambió: vuelve atrás y guarda otra vez.")
        return render_refusal(request, NothingSaved(sentence), status=BUSY)
    except (IntegrityError, TransactionManagementError) as error:
        translated = translate_trigger_error(error)
        if translated is None:
            raise
        return respond_refusal(request, translated)


def respond_on_form(
    request: HttpRequest,
    view: Callable[[HttpRequest], HttpResponseBase],
    refusal: InvalidSubmission | UnconfirmedWarnings,
) -> HttpResponseBase | None:
    """Call the view again so that its form shows the problems; None if it has no form of content."""
    if not reset_request(request):
        return None
    with show_problems(refusal.places) as problems:
        try:
            answer = respond_serialized(request, view)
        except (ReviewRefused, UnconfirmedWarnings):
            return None
    return answer if problems.are_shown else None


def find_unsaved_input(request: HttpRequest, answer: HttpResponseBase) -> UnsavedInput | None:
    """Return the refusal for text submitted to a deleted object or without permission; None otherwise."""
    if answer.status_code == NOT_FOUND:
        return refuse_deleted(request)
    return refuse_forbidden(request) if is_permission_redirect(request, answer) else None


class RefusalMiddleware:
    """Turn ``ReviewRefused`` into a 409 response with the reason and the remedy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Refuse submissions in the admin by a user whose spaces are all suspended.

        The rows of its content are also checked where they are written (``guard.suspension``).
        """
        if request.method in SAFE_METHODS or not is_admin_address(request):
            return None
        if not request.user.is_authenticated or not may_only_read(request.user):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in NO_TENANT_DATA:
            return None
        sentence = describe_suspension(suspended_spaces(request.user)[0])
        return render_refusal(request, Suspended(sentence))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the project's own refusals; leave all other exceptions to Django."""
        if isinstance(exception, UnconfirmedWarnings):
            return respond_unconfirmed(request, exception)
        refusal = exception if isinstance(exception, ReviewRefused) else translate_trigger_error(exception)
        return respond_refusal(request, refusal) if refusal is not None else None


def translate_trigger_error(error: BaseException | None) -> ReviewRefused | None:
    """Return the refusal for an error of the approval triggers; None for any other error.

    Wagtail's immediate tasks swallow errors and leave a broken transaction: then the cause counts.
    """
    while isinstance(error, TransactionManagementError):
        error = error.__cause__
    if not isinstance(error, IntegrityError) or not is_trigger_error(error):
        return None
    if APPEND_ONLY in str(error):
        return NotAllowed(_("Lo anotado en el libro de aprobaciones no se cambia ni se borra."))
    return ReviewRefused(_("Nadie más aprobó ese contenido. Envíalo a revisión para que se publique."))


def respond_refusal(request: HttpRequest, refusal: ReviewRefused) -> HttpResponse:
    """Respond with a page, or with JSON to the script of the modal."""
    if isinstance(refusal, StaleVersion):
        return respond_conflict(request, refusal)
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if request.headers.get("x-requested-with") == "XMLHttpRequest" and "task_state_id" in kwargs:
        return _respond_modal(request, kwargs["task_state_id"])
    return render_refusal(request, refusal)


def render_refusal(request: HttpRequest, refusal: ReviewRefused, status: int = CONFLICT) -> HttpResponse:
    """Render the reason, with the reviewed version beside the current one."""
    submitted = getattr(refusal, "submitted", "") or submitted_prose(request)
    context: dict[str, Any] = {"refusal": refusal, "submitted": submitted, "changes": None}
    if isinstance(refusal, ContentChanged) and refusal.current is not None:
        read = refusal.read.as_object() if refusal.read else None
        context["changes"] = compare_versions(read, refusal.current.as_object(), cast(User, request.user))
    return render(request, "approval/refused.html", context, status=status)


def _respond_modal(request: HttpRequest, task_state_id: int) -> JsonResponse:
    """Send the browser to the review page, which refuses for the same reason and shows it.

    The admin's modal shows nothing of an error response.
    """
    address = reverse("approval:review", args=[task_state_id])
    query = urlencode({"leido": request.POST.get("token", "")})
    return JsonResponse({"step": "success", "redirect": f"{address}?{query}"})
