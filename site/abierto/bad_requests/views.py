"""Views of what the portal does not have."""

from django.http import Http404, HttpRequest, HttpResponseBase


def no_such_page(request: HttpRequest) -> HttpResponseBase:
    """Replace a view of a library by a 404.

    Raises:
        Http404: always.
    """
    raise Http404
