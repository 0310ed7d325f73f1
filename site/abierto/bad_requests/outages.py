"""The response while a part of the machine is out of order, or too busy: a sentence with status 503.

An outage is an error of the database server, the disk or the network that the next attempt may not have. An
error of the program is no outage and gets Django's error page. Nothing here may query the database.
"""

import errno
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from .responses import DATA_API, wants_json
from .submitted_input import submitted_text

UNAVAILABLE = 503
RETRY_SECONDS = 30
READS = ("GET", "HEAD")
LONGEST_WAIT = 20.0
"""Seconds that a visitor's read may wait for a free thread. Front servers wait 60 and more, browsers 90."""
CLOCKS_DIFFER = 120.0
"""No front server waits so many seconds: its clock differs from ours."""
EARLIEST_MILLISECONDS = 10**11

type GetResponse = Callable[[HttpRequest], HttpResponse]
#: Errors of SQLite's files: full, unreadable, read-only, not to be opened, or in use by others for too long.
SQLITE_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
    }
)
PRIMARY_CODE = 0xFF
"""The low byte of an extended code of SQLite is the code itself."""
#: Classes of PostgreSQL's errors (appendix A): connection, transaction rolled back by the server, resources,
#: operator's intervention, system.
POSTGRESQL_CLASSES = ("08", "40", "53", "57", "58")
NETWORK_ERRORS: tuple[type[Exception], ...] = (ConnectionError, TimeoutError, SMTPException)
with suppress(ImportError):  # the extra ``s3``: the service of the files does not answer
    from botocore.exceptions import HTTPClientError  # type: ignore[import-untyped]

    NETWORK_ERRORS += (HTTPClientError,)
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def respond_error(request: HttpRequest) -> HttpResponse:
    """Respond to an exception that no view handled (``handler500``): Django calls it while handling it."""
    if not is_outage(sys.exception()):
        return server_error(request)
    if "_post" not in request.__dict__:  # what was sent could not be stored, or was never read
        request._mark_post_parse_error()  # type: ignore[attr-defined]
    sentence = _("El portal no puede responder en este momento. Vuelve a intentarlo en un minuto.")
    if request.method not in READS:
        sentence = _("El portal no pudo guardar en este momento. Vuelve a intentarlo en un minuto.")
    return respond_unavailable(request, sentence, submitted_text(request))


def respond_unavailable(request: HttpRequest, sentence: str, submitted: Any = None) -> HttpResponse:
    """Respond 503 with a sentence, a ``Retry-After`` header and the submitted text."""
    response: HttpResponse
    if request.path.startswith(DATA_API) or wants_json(request):
        body = {"success": False, "error": sentence, "error_message": sentence, "message": sentence}
        response = JsonResponse(body, status=UNAVAILABLE)
    else:
        context = {"sentence": sentence, "submitted": submitted}
        response = render(request, "503.html", context, status=UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse_late_requests(get_response: GetResponse) -> GetResponse:
    """Refuse a visitor's read that waited too long for a free thread.

    Under overload the queue would grow until no request is answered in time. Refusing the oldest costs a
    millisecond each, and holds the wait of all others near ``LONGEST_WAIT``. What people write or read with
    a session is never refused.

    A request that is alone in its process did not wait: its apparent wait is the difference of the clocks,
    which is subtracted from the waits of all others.
    """
    in_progress: set[HttpRequest] = set()
    difference = CLOCKS_DIFFER

    def middleware(request: HttpRequest) -> HttpResponse:
        nonlocal difference
        wait = measure_wait(request)
        if not in_progress:
            difference = min(difference, max(wait, 0))
        is_visitor = request.method in READS and settings.SESSION_COOKIE_NAME not in request.COOKIES
        if is_visitor and LONGEST_WAIT < wait - difference < CLOCKS_DIFFER:
            return respond_unavailable(request, _("Hay muchas visitas a la vez. Vuelve en un minuto."))
        in_progress.add(request)
        try:
            return get_response(request)
        finally:
            in_progress.discard(request)

    return middleware


def measure_wait(request: HttpRequest) -> float:
    """Return the seconds since the front server got the request; 0 if it does not tell.

    ``X-Request-Start`` is the time of the front server, ``t=`` and seconds (nginx) or milliseconds (Caddy).
    """
    try:
        started = float(request.headers.get("X-Request-Start", "").removeprefix("t="))
    except ValueError:
        return 0
    return time.time() - (started / 1000 if started > EARLIEST_MILLISECONDS else started)


def is_outage(error: BaseException | None) -> bool:
    """Check whether an error or one of its causes is of the database server, the disk or the network."""
    return any(map(_is_of_machine, _causes(error)))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and its causes; a broken transaction hides the error that broke it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        is_broken = isinstance(error, TransactionManagementError)
        error = error.__cause__ or (error.__context__ if is_broken else None)


def _is_of_machine(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        code: Any = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & PRIMARY_CODE in SQLITE_CODES
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        below = error.__cause__
        state = getattr(below, "sqlstate", None)
        # Without a state, the server never answered: it is away, or ended the connection.
        return not isinstance(below, sqlite3.Error) and (not state or state.startswith(POSTGRESQL_CLASSES))
    if isinstance(error, NETWORK_ERRORS):
        return True
    return isinstance(error, OSError) and error.errno in DISK_ERRORS
