"""The response while a part of the machine is out of order: a sentence with status 503, not a 500.

An outage is an error of the database server, the disk or the network that the next attempt may not have. A
fault of the program is none, and gets Django's page for errors. Nothing here may ask the database.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

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
    if request.method not in ("GET", "HEAD"):
        sentence = _("El portal no pudo guardar en este momento. Vuelve a intentarlo en un minuto.")
    response: HttpResponse
    if request.path.startswith(DATA_API) or wants_json(request):
        body = {"success": False, "error": sentence, "error_message": sentence, "message": sentence}
        response = JsonResponse(body, status=UNAVAILABLE)
    else:
        context = {"sentence": sentence, "submitted": submitted_text(request)}
        response = render(request, "503.html", context, status=UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_outage(error: BaseException | None) -> bool:
    """Check whether an error, or one that led to it, is of the database server or of the disk."""
    return any(map(_is_of_machine, _causes(error)))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and what it was raised from; a broken transaction hides the error that broke it."""
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
