"""Middleware that answers unreadable input with status 400, before the view where possible."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError

from abierto.addresses import is_admin_address

from . import responses as answers
from . import screening
from .input_errors import is_about_input

logger = logging.getLogger(__name__)

#: Library views that accept any text (``READS_ANY_TEXT`` marks the project's own).
TOLERANT_VIEWS = frozenset({"wagtail_serve"})
READS_ANY_TEXT = "reads_any_text"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def reads_any_text[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a public view that answers any text in its query with a page."""
    setattr(view, READS_ANY_TEXT, True)
    return view


def drop_unreadable_cookies(get_response: GetResponse) -> GetResponse:
    """Drop the cookies with text that no database stores: their sender is anonymous."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        unreadable = [name for name, value in request.COOKIES.items() if screening.has_unstorable_text(value)]
        for name in unreadable:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


class UnreadableInputMiddleware:
    """Respond 400 to input that cannot be understood, for every view and method."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace a bare 400 response of a library by one with a message."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseBadRequest):
            return answers.answer_bad_request(request, answers.get_error_message(BadRequest()))
        return response

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse | None:
        """Check the input before the view and before the isolation middleware reads its ids."""
        try:
            sentence = find_refusal(request, view)
        except (BadRequest, SuspiciousOperation, MultiPartParserError) as error:
            return answers.bad_request(request, error)
        if sentence is None:
            return None
        logger.warning("Unreadable input refused: %s %r", request.method, request.path)
        return answers.answer_bad_request(request, sentence)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Respond to input errors found by the view; leave every other exception to Django."""
        return answer_to_exception(request, exception)


def find_refusal(request: HttpRequest, view: Any) -> str | None:
    """Return the sentence to refuse a request with, or None."""
    is_tolerant = hasattr(view, READS_ANY_TEXT) or (
        request.resolver_match is not None and request.resolver_match.view_name in TOLERANT_VIEWS
    )
    if is_tolerant and request.method in SAFE_METHODS:
        return None
    sentence = screening.find_unreadable_text(request) or screening.find_unreadable_path(request)
    if sentence is None and is_admin_address(request):
        sentence = screening.find_unreadable_json(request) or screening.find_unreadable_value(request)
    return sentence


def answer_to_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the response to an input error; None for a bug, which Django reports."""
    if isinstance(exception, BadRequest | MultiPartParserError):
        return answers.bad_request(request, exception)
    if not is_about_input(exception, request):
        return None
    logger.error("Input not understood: %s %r", request.method, request.path, exc_info=exception)
    return answers.bad_request(request, exception)
