"""Liveness (``/salud/``) and readiness (``/salud/listo/``) of a process.

Both respond before all other middleware, without page cache and host check, so that a load balancer may use
an IP address. The responses have no details of errors.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from abierto.jobs.states import find_job_states
from search.engines import get_engine
from search.engines.base import EngineError

from .middleware import content_security_policy

#: With less space, publishing a page with its files may fail.
MIN_FREE_BYTES = 200 * 1024**2


def is_database_reachable() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def is_index_readable() -> bool:
    try:
        return get_engine().health().ok
    except EngineError:
        return False


def is_disk_writable() -> bool:
    """Check that the data folder is writable and has free space."""
    folder = Path(settings.ABIERTO_DATA)
    try:
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= MIN_FREE_BYTES
    except OSError:
        return False


def describe_jobs() -> list[dict[str, object]]:
    """Return the state of each periodic job; a failed job does not affect readiness."""
    try:
        return [state.as_json() for state in find_job_states()]
    except DatabaseError:
        return []


READINESS: dict[str, Callable[[], bool]] = {
    "database": is_database_reachable,
    "index": is_index_readable,
    "disk": is_disk_writable,
}


@never_cache
@require_safe
def alive_view(request: HttpRequest) -> JsonResponse:
    """Return 200 while the process runs, without a query: a restart would not fix a database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready_view(request: HttpRequest) -> JsonResponse:
    """Return 200 while pages can be served and saved, 503 otherwise."""
    checks = {name: check() for name, check in READINESS.items()}
    ready = all(checks.values())
    body = {"status": "ok" if ready else "error", "checks": checks, "jobs": describe_jobs()}
    return JsonResponse(body, status=200 if ready else 503)


def answer_health(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: respond to the two addresses, with the usual security headers, and pass on all others."""
    views = {"/salud/": alive_view, "/salud/listo/": ready_view}
    content = content_security_policy(lambda request: views[request.path_info](request))
    # Both middlewares return a response: the views are not coroutines.
    with_headers = cast(
        Callable[[HttpRequest], HttpResponseBase],
        SecurityMiddleware(cast(Callable[[HttpRequest], HttpResponse], content)),
    )

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return with_headers(request) if request.path_info in views else get_response(request)

    return middleware
