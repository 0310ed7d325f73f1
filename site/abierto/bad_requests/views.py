"""Views of what the portal does not have."""

from django.http import Http404, HttpRequest, HttpResponseBase


def no_such_page(request: HttpRequest) -> HttpResponseBase:
    """Answer 404 in the place of a view that a library brings along.

    Raises:
        Http404: always.
    """
    raise Http404
