"""The account behind the request that is being answered, until its answer is rendered.

Wagtail's log context ends before the page is rendered, and neither a form field nor a page type is passed
the request that shows it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from abierto.accounts.models import User

type Visitor = User | AnonymousUser

_visitor: ContextVar[Callable[[], Visitor] | None] = ContextVar("abierto_visitor", default=None)


def current_visitor() -> Visitor | None:
    """Return the account that made the request being answered; None outside of a request."""
    visitor = _visitor.get()
    return visitor() if visitor is not None else None


@contextmanager
def visited_by(visitor: Callable[[], Visitor]) -> Iterator[None]:
    """Answer for the account that ``visitor`` returns; it is called only when needed."""
    token = _visitor.set(visitor)
    try:
        yield
    finally:
        _visitor.reset(token)


class keep_visitor:
    """Set the current visitor while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        with visited_by(lambda: request.user):
            return self.get_response(request)
