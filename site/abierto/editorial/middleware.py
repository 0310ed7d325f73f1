"""Answers 409 when what was read is no longer what there is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def content_changed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Pass everything through."""
    return get_response
