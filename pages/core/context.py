"""Which function gathers what a page type shows.

The functions stand on the page types, so the page types cannot import them: they are found by type here,
and registered when the apps are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Gather = Callable[[Any, HttpRequest], dict[str, Any]]

_GATHER: dict[type[Page], Gather] = {}


def context_of(model: type[Page]) -> Callable[[Gather], Gather]:
    """Register a function as the one that gathers what pages of type ``model`` show."""

    def register(gather: Gather) -> Gather:
        _GATHER[model] = gather
        return gather

    return register


def gathered(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return what ``page`` shows beyond itself; a page type that lists nothing has nothing more."""
    gather = _GATHER.get(type(page))
    return gather(page, request) if gather else {}
