"""Middleware: the id, measurements, log line and slow queries of each request; the security policy."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.urls import reverse
from django.utils.functional import cached_property

from .logs import REQUEST_ID
from .metrics import DURATION, REQUESTS

logger = logging.getLogger("abierto.operations.requests")
slow_queries = logging.getLogger("abierto.operations.slow_queries")

HEADER = "X-Request-ID"
#: Accepted ids of proxies: hexadecimal digits, UUIDs, ULIDs. Anything else is replaced by a new id.
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{16,64}")
SQL_LENGTH = 400
#: Methods with a label of their own: each new label would create a permanent time series.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: Paths that are requested every few seconds, and so are counted but not logged.
FREQUENT = ("/salud/", "/static/")


def choose_id(given: str) -> str:
    """Return the id of a request: that of the proxy if it is well formed, else a new one."""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def note_slow_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Execute a query and log it if it is slow: its SQL with placeholders, without the values."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round(1000 * (time.perf_counter() - began))
        if milliseconds >= settings.ABIERTO_SLOW_QUERY_MS:
            text = re.sub(r"'[^']*'", "'…'", str(sql))[:SQL_LENGTH]
            slow_queries.warning("Slow query: %s", text, extra={"ms": milliseconds})


def name_of_view(request: HttpRequest) -> str:
    """Return the name of the view, which has no input of a visitor, unlike the path."""
    match = request.resolver_match
    return (match.view_name or getattr(match.func, "__qualname__", "")) if match else ""


def record_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """First middleware: set the id of the request, measure it, and log one line about it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        identifier = choose_id(request.headers.get(HEADER, ""))
        # Not reset after the response: Django logs 4xx and 5xx when every middleware has ended.
        REQUEST_ID.set(identifier)
        began = time.perf_counter()
        with connection.execute_wrapper(note_slow_query):
            response = get_response(request)
        seconds = time.perf_counter() - began
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(method, str(response.status_code)).inc()
        DURATION.observe(seconds)
        response.headers[HEADER] = identifier
        if not request.path_info.startswith(FREQUENT):
            view, milliseconds = name_of_view(request), round(1000 * seconds)
            facts = {"method": method, "status": response.status_code, "ms": milliseconds}
            logger.info("Response", extra={**facts, "view": view})
        return response

    return middleware


# --- Content security policy ---------------------------------------------------------------------------


class PortalCSPMiddleware(ContentSecurityPolicyMiddleware):
    """Middleware with Django's policy for public pages and a wider one for Wagtail's admin.

    The admin has inline scripts and styles; public pages have none.
    """

    @cached_property
    def admin_root(self) -> str:
        return reverse("wagtailadmin_home")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by address, unless the view set its own."""
        if request.path.startswith(self.admin_root) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ABIERTO_ADMIN_CSP  # type: ignore[attr-defined]
        return super().process_response(request, response)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> PortalCSPMiddleware:
    return PortalCSPMiddleware(get_response)
