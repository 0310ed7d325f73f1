"""One change at a time; what cannot go ahead is answered with the reason, and both versions if it changed."""

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
from abierto.bad_requests.input_errors import EXPLAINABLE
from abierto.bad_requests.middleware import answer_to_exception
from abierto.bad_requests.submitted_input import typed_words

from .concurrency.serialized_writes import answer_one_at_a_time, sends_home, takes_the_lock
from .concurrency.tree_lock import is_passing
from .conflicts.deleted import NothingToSave, respond_deleted, respond_forbidden
from .conflicts.responses import answer_collision
from .conflicts.versions import StaleVersion
from .errors import ContentChanged, NotAllowed, NothingSaved, ReviewRefused
from .guard.triggers.base import APPEND_ONLY, is_ours
from .review.comparison import compare_versions

NOT_FOUND = 404
#: Attribute of a request whose view was called: what it refused has been answered.
REACHED = "_abierto_view_was_called"
CONFLICT = 409
BUSY = 503


class one_at_a_time:
    """Answer whatever may change pages in one transaction that holds the tree lock before its first read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand back what was typed for an address that was refused before its view."""
        response: HttpResponseBase = self.get_response(request)
        if response.status_code != NOT_FOUND or REACHED in request.__dict__ or not takes_the_lock(request):
            return response
        lost = respond_deleted(request)
        return response if lost is None else refusal_page(request, lost, lost.status)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer in the view's place, for Django to go on with; what is refused is answered here too."""
        if not takes_the_lock(request):
            return None
        request.__dict__[REACHED] = True
        try:
            return answer_or_refuse(request, lambda asked: view(asked, *args, **kwargs))
        except (*EXPLAINABLE, BadRequest, MultiPartParserError) as error:
            # Django asks no other middleware about what is raised here instead of in the view.
            refusal = answer_to_exception(request, error)
            if refusal is None:
                raise
            return refusal


def answer_or_refuse(
    request: HttpRequest, view: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Answer under the lock, and turn what is refused into its answer."""
    try:
        answer = answer_one_at_a_time(request, view)
        lost = what_is_lost(request, answer)
        return answer if lost is None else refusal_page(request, lost, lost.status)
    except ReviewRefused as refusal:
        return answer_refusal(request, refusal)
    except ProtectedError:
        sentence = _("No se puede borrar: otras partes del portal lo usan. Cámbialas primero.")
        return refusal_page(request, NotAllowed(sentence))
    except OperationalError as error:
        if not is_passing(error):
            raise
        sentence = _("Muchas personas guardan a la vez. Nada cambió: vuelve atrás y guarda otra vez.")
        return refusal_page(request, NothingSaved(sentence), status=BUSY)
    except (IntegrityError, TransactionManagementError) as error:
        said = said_by_the_database(error)
        if said is None:
            raise
        return answer_refusal(request, said)


def what_is_lost(request: HttpRequest, answer: HttpResponseBase) -> NothingToSave | None:
    """Return what goes back to whoever typed into what is gone, or hers no longer."""
    if answer.status_code == NOT_FOUND:
        return respond_deleted(request)
    return respond_forbidden(request) if sends_home(request, answer) else None


class content_changed:
    """Turn ``ReviewRefused`` into an answer 409 that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer our own refusals; leave everything else to Django."""
        said = exception if isinstance(exception, ReviewRefused) else said_by_the_database(exception)
        return answer_refusal(request, said) if said is not None else None


def said_by_the_database(error: BaseException | None) -> ReviewRefused | None:
    """Return in words what our own triggers refused; nothing for any other error.

    Wagtail's immediate tasks swallow errors and leave a broken transaction: then it is its cause that counts.
    """
    while isinstance(error, TransactionManagementError):
        error = error.__cause__
    if not isinstance(error, IntegrityError) or not is_ours(error):
        return None
    if APPEND_ONLY in str(error):
        return NotAllowed(_("Lo anotado en el libro de aprobaciones no se cambia ni se borra."))
    return ReviewRefused(_("Nadie más aprobó ese contenido. Envíalo a revisión para que se publique."))


def answer_refusal(request: HttpRequest, refusal: ReviewRefused) -> HttpResponse:
    """Answer to a person, or to the script that asked for her."""
    if isinstance(refusal, StaleVersion):
        return answer_collision(request, refusal)
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if request.headers.get("x-requested-with") == "XMLHttpRequest" and "task_state_id" in kwargs:
        return _answer_to_modal(request, kwargs["task_state_id"])
    return refusal_page(request, refusal)


def refusal_page(request: HttpRequest, refusal: ReviewRefused, status: int = CONFLICT) -> HttpResponse:
    """Return the page that says why, with what was read beside what there is now."""
    typed = getattr(refusal, "typed", "") or typed_words(request)
    context: dict[str, Any] = {"refusal": refusal, "typed": typed, "changes": None}
    if isinstance(refusal, ContentChanged) and refusal.current is not None:
        read = refusal.read.as_object() if refusal.read else None
        context["changes"] = compare_versions(read, refusal.current.as_object(), cast(User, request.user))
    return render(request, "approval/refused.html", context, status=status)


def _answer_to_modal(request: HttpRequest, task_state_id: int) -> JsonResponse:
    """Send the browser to the review's own page, which refuses for the same reason and shows why.

    The admin's modal shows nothing of an answer that is an error.
    """
    address = reverse("approval:review", args=[task_state_id])
    query = urlencode({"leido": request.POST.get("token", "")})
    return JsonResponse({"step": "success", "redirect": f"{address}?{query}"})
