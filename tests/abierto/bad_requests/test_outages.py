"""While the database, the disk or the network fails, the response is a sentence with 503. A bug is a 500."""

import errno
import sqlite3
import time
from smtplib import SMTPServerDisconnected

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from abierto import urls as portal_urls
from abierto.bad_requests.outages import is_outage, refuse_late_requests

TYPED = "Tres párrafos que nadie quiere escribir otra vez"
PLACES = ("/falla/", "/api/v1/falla/")


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> BaseException:
    cause = sqlite3.OperationalError("disco")
    cause.sqlite_errorcode = code
    return caused(OperationalError("disco"), cause)


OUTAGES = {
    "PostgreSQL ends the connection": caused(OperationalError(), psycopg.errors.AdminShutdown()),
    "PostgreSQL does not answer": caused(OperationalError(), psycopg.OperationalError("refused")),
    "PostgreSQL has no disk": caused(OperationalError(), psycopg.errors.DiskFull()),
    "a closed connection": InterfaceError("connection already closed"),
    "SQLite has no disk": of_sqlite(sqlite3.SQLITE_FULL),
    "SQLite is read-only": of_sqlite(sqlite3.SQLITE_READONLY | 1 << 8),
    "SQLite is in use": of_sqlite(sqlite3.SQLITE_BUSY),
    "a broken transaction": caused(TransactionManagementError(), of_sqlite(sqlite3.SQLITE_FULL)),
    "a mail server that is away": ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
    "a mail server that refuses": SMTPServerDisconnected("Connection unexpectedly closed"),
    "a full disk": OSError(errno.ENOSPC, "No space left on device"),
    "a full disk below another error": caused(ValueError("index"), OSError(errno.EROFS, "Read-only")),
}
FAULTS = {
    "a missing table of SQLite": of_sqlite(sqlite3.SQLITE_ERROR),
    "a missing table of PostgreSQL": caused(ProgrammingError(), psycopg.errors.UndefinedTable()),
    "a missing file": FileNotFoundError(errno.ENOENT, "No such file"),
    "any other": ZeroDivisionError(),
}


@pytest.mark.parametrize("name", OUTAGES)
def test_an_error_of_the_machine_is_an_outage(name):
    assert is_outage(OUTAGES[name])


@pytest.mark.parametrize("name", FAULTS)
def test_an_error_of_the_program_is_no_outage(name):
    assert not is_outage(FAULTS[name])


@pytest.fixture
def failing(settings):
    """Return a function that lets a view raise an error, and requests it without a database."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = 0
    client = Client(raise_request_exception=False)

    def fail(error: BaseException, place: str = PLACES[0], **data: str):
        def view(request):
            raise error

        class Addresses:
            urlpatterns = [path(place.removeprefix("/"), view), *portal_urls.urlpatterns]
            handler500 = portal_urls.handler500

        settings.ROOT_URLCONF = Addresses
        return client.post(place, data) if data else client.get(place)

    return fail


def test_a_reader_gets_a_sentence_and_when_to_come_back(failing):
    answer = failing(OUTAGES["PostgreSQL ends the connection"])

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    assert "El portal no puede responder en este momento" in answer.content.decode()


def test_an_editor_gets_the_text_back(failing):
    answer = failing(OUTAGES["a full disk"], texto=TYPED)

    assert answer.status_code == 503
    assert "El portal no pudo guardar" in answer.content.decode()
    assert TYPED in answer.content.decode()


def test_a_program_gets_json(failing):
    answer = failing(OUTAGES["SQLite has no disk"], PLACES[1])

    assert answer.status_code == 503
    assert answer.json()["error"].startswith("El portal no puede responder")


def test_an_error_of_the_program_is_a_500(failing):
    assert failing(FAULTS["any other"]).status_code == 500


#: Seconds in the queue, with what comes with the request; and whether it is carried out.
LATE = {"seconds": 40}
WAITS = [
    ({"seconds": 0}, True),
    ({"seconds": 15}, True),
    (LATE, False),
    ({**LATE, "unit": 1000}, False),
    ({**LATE, "method": "HEAD"}, False),
    ({**LATE, "method": "POST"}, True),
    ({**LATE, "cookie": "sessionid"}, True),
    ({**LATE, "cookie": "django_language"}, False),
    ({"seconds": -40}, True),
    ({"seconds": 3600}, True),
]


def waited(
    seconds: float, unit: int = 1, method: str = "GET", cookie: str = "", place: str = "/"
) -> HttpRequest:
    """Return a request that waited so long, with the header of nginx (seconds) or of Caddy (milliseconds)."""
    header = {"x-request-start": f"t={(time.time() - seconds) * unit:.3f}"}
    request = RequestFactory().generic(method, place, headers=header)
    if cookie:
        request.COOKIES[cookie] = "x"
    return request


def ask(*requests: HttpRequest) -> list[HttpResponse]:
    """Send requests, one after the other, to a process that has answered one without delay."""
    middleware = refuse_late_requests(lambda given: HttpResponse())
    return [middleware(request) for request in (RequestFactory().get("/"), *requests)][1:]


@pytest.mark.parametrize(("sent", "is_carried_out"), WAITS)
def test_only_reads_of_visitors_that_waited_too_long_are_refused(sent, is_carried_out):
    (answer,) = ask(waited(**sent))

    assert (answer.status_code == 200) == is_carried_out


def test_a_front_server_with_another_clock_is_no_overload():
    middleware = refuse_late_requests(lambda given: HttpResponse())

    waits = (40, 45, 75, 41)

    assert [middleware(waited(seconds)).status_code for seconds in waits] == [200, 200, 503, 200]


@pytest.mark.django_db
def test_a_late_request_is_refused_before_any_query(client, django_assert_num_queries):
    client.get("/buscar/")
    with django_assert_num_queries(0):
        answer = client.get("/buscar/", headers={"x-request-start": f"t={time.time() - 40:.3f}"})

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "Hay muchas visitas a la vez" in answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    (of_a_program,) = ask(waited(40, place="/api/v1/planes/"))
    assert of_a_program.headers["Content-Type"] == "application/json"
