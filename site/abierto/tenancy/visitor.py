"""Who asks: the account behind the request that is being answered, until its answer is rendered.

Wagtail's log context ends before the page is rendered, and nothing tells a form field who will see it.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from abierto.accounts.models import User

_request: ContextVar[HttpRequest | None] = ContextVar("abierto_request", default=None)


def current_visitor() -> User | AnonymousUser | None:
    """Return who made the request that is being answered; None outside of a request."""
    request = _request.get()
    return request.user if request is not None else None


class keep_visitor:
    """Keep the request within reach while it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)
