"""The reason of a withdrawal: requested once, on any screen, and read from the current request."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from abierto.approval.mixins import FourEyesMixin
from abierto.text import visible_text

FIELD = "motivo"
LONGEST = 1000
SHOWN_AT_ONCE = 20

_request: ContextVar[HttpRequest | None] = ContextVar("abierto_reason", default=None)


class WithdrawalReasonMiddleware:
    """Make the request available to the ledger, which reads the reason from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Call the view with the reason of this request available."""
        with use_request(request):
            return self.get_response(request)


@contextmanager
def use_request(request: HttpRequest) -> Iterator[None]:
    """Read the reason from ``request`` inside the block."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> HttpRequest | None:
    """Return the request being answered; None outside one."""
    return _request.get()


def current_reason() -> str:
    """Return the reason in the current request; empty outside one."""
    request = current_request()
    return read_reason(request) if request is not None and request.method == "POST" else ""


def read_reason(request: HttpRequest) -> str:
    """Return the submitted reason as one line of at most ``LONGEST`` characters."""
    return " ".join(visible_text(request.POST.get(FIELD)).split())[:LONGEST]


def find_public(things: Iterable[models.Model]) -> list[models.Model]:
    """Return the public objects among ``things``, with public descendants."""
    found: list[models.Model] = []
    for thing in things:
        if isinstance(thing, Page):
            found.extend(thing.get_descendants(inclusive=True).filter(live=True))
        elif isinstance(thing, FourEyesMixin) and thing.live:  # type: ignore[attr-defined]
            found.append(thing)
    return found


def ask_reason(request: HttpRequest, things: Iterable[models.Model], deletes: bool) -> HttpResponse | None:
    """Return a page that asks for the reason of withdrawing public content; None if there is no need.

    Its form repeats all submitted fields, and sends them again with the reason.
    """
    if request.method != "POST" or read_reason(request):
        return None
    public = find_public(things)
    if not public:
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context: dict[str, Any] = {
        "things": public[:SHOWN_AT_ONCE],
        "more": max(0, len(public) - SHOWN_AT_ONCE),
        "deletes": deletes,
        "sent": [(name, value) for name, value in sent if name not in (FIELD, "csrfmiddlewaretoken")],
        "is_submitted": FIELD in request.POST,
        "field": FIELD,
        "longest": LONGEST,
    }
    return render(request, "approval/reason.html", context)
