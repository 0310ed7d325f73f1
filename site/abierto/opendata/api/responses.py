"""Responses of the API: CORS headers, rate limit, ETag and 304."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from .rate_limits import count_request

JSON, CSV, JSON_LD = "application/json", "text/csv; charset=utf-8", "application/ld+json"
EXPOSED = "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
ALLOWED = "GET, HEAD, OPTIONS"
REQUEST_HEADERS = "If-None-Match, Accept"
DAY = 86_400

View = Callable[..., HttpResponse]


def write_json(data: Any, status: int = 200, content_type: str = JSON) -> HttpResponse:
    """Return ``data`` as a JSON response in UTF-8, without escaped accents."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type=content_type)


def refuse(status: int, sentence: str, parameter: str = "", **facts: str) -> HttpResponse:
    """Return an error as JSON with a sentence and the name of the wrong parameter."""
    known = {"error": sentence, "parameter": parameter, **facts}
    return write_json({name: value for name, value in known.items() if value}, status)


def open_to_all(view: View) -> View:
    """Decorate a view: only GET, HEAD and OPTIONS, with rate limit, ETag and CORS headers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": ALLOWED})
        elif request.method not in ("GET", "HEAD"):
            response = refuse(405, "Los datos solo se leen: usa GET.")
            response.headers["Allow"] = ALLOWED
        else:
            response = _answer_read(view, request, *args, **kwargs)
        return _open(response)

    return wrapped


def _answer_read(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    allowance = count_request(request)
    if allowance is not None and allowance.is_exceeded:
        response = refuse(429, f"Demasiadas peticiones. Vuelve a intentar en {allowance.reset} segundos.")
    else:
        method, request.method = request.method, "GET"
        response = _with_etag(request, view(request, *args, **kwargs))
        # The server omits the body of the response to HEAD.
        request.method = method
    if allowance is not None:
        allowance.write_headers(response)
    return response


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add the ETag, a hash of the content; return 304 if the request has the same one."""
    if response.status_code != 200 or response.streaming:
        return response
    response.headers["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept"])
    known = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return known if known is not None else response


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ALLOWED
    response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Access-Control-Max-Age"] = str(DAY)
    return response
