"""Redirects, except to pages that the visitor may not read: the response would contain their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from abierto.tenancy.visibility import may_read


class OpenRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, without those to pages that the visitor may not read."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Replace a 404 by a redirect if the visitor may read its target."""
        answer: HttpResponse = super().process_response(request, response)
        if answer is response:
            return response
        redirect = find_redirect(request)
        page = redirect.redirect_page if redirect is not None else None
        return answer if page is None or may_read(page, request) else response


def find_redirect(request: HttpRequest) -> Redirect | None:
    """Return Wagtail's redirect for the requested URL, or for its path alone."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) or get_redirect(request, path.partition("?")[0])
