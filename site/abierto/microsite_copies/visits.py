"""Read a public page as a visitor without an account does, through the whole portal."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

OK = 200
DEFAULT_PORTS = {"https": "443", "http": "80"}


class Visitor:
    """A visitor without an account; the middleware is loaded once."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def read(self, url: str) -> bytes | None:
        """Return what the full address ``url`` answers; None unless it is a public page."""
        parts = urlsplit(url)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": parts.netloc,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or DEFAULT_PORTS.get(parts.scheme, "80")),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(),
        }
        setup_testing_defaults(environ)
        # Each request activates the language of its visitor.
        with translation.override(translation.get_language()):
            response: HttpResponseBase = self._handler.get_response(WSGIRequest(environ))
        # It is not closed: for Django that ends the request, and with it the connection of the command.
        if response.status_code != OK or not isinstance(response, HttpResponse):
            return None
        content: bytes = response.content
        return content
