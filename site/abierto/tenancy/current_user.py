"""The user of the current request, also while its response is rendered.

Wagtail's log context ends before rendering, and neither form fields nor page types are passed the request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from abierto.accounts.models import User

#: The user of a request, signed in or not.
type RequestUser = User | AnonymousUser

_visitor: ContextVar[Callable[[], RequestUser] | None] = ContextVar("abierto_visitor", default=None)


def current_visitor() -> RequestUser | None:
    """Return the user of the current request; None outside a request."""
    visitor = _visitor.get()
    return visitor() if visitor is not None else None


@contextmanager
def set_current_visitor(visitor: Callable[[], RequestUser]) -> Iterator[None]:
    """Set the current visitor within the block; ``visitor`` is called only when needed."""
    token = _visitor.set(visitor)
    try:
        yield
    finally:
        _visitor.reset(token)


class CurrentVisitorMiddleware:
    """Middleware that sets the current visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with set_current_visitor(lambda: request.user):
            return self.get_response(request)
