"""Log records as lines of JSON with the id of their request and without personal data.

A value that a person sent may be anywhere: in a path, in a message of the database, in an exception. So a
line has the template of a message and only the numbers among its arguments; of an exception, its type and the
lines of code; and the name of the view instead of the path. Messages of our own packages are written whole:
they name indexes and servers, and a test posts to every form of the admin and reads what was logged.
"""

import logging
import traceback
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

#: The request that this thread serves; empty outside of one.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
OWN = ("abierto.", "search.", "pages.", "blocks.")
#: Own loggers that write what was requested.
INPUT = ("abierto.bad_requests.",)
FRAMES = 12
#: Django attaches these objects to its records.
DROPPED = frozenset({"request", "server_time", "sql", "params"})


def is_written_whole(name: str) -> bool:
    return name.startswith(OWN) and not name.startswith(INPUT)


def describe(record: logging.LogRecord) -> str:
    """Return the message of a record: whole, or its template with the numbers among its arguments."""
    if is_written_whole(record.name):
        return record.getMessage()
    arguments = record.args if isinstance(record.args, tuple) else ()
    numbers = [str(value) for value in arguments if isinstance(value, int | float)]
    return " ".join([str(record.msg) if record.args else record.name, *numbers])


def describe_exception(error: BaseException) -> str:
    """Return the type of an exception and where it was raised, without its message."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return " < ".join([type(error).__qualname__, *reversed(places)])


class PrivateFormatter(JsonFormatter):
    """A record as one line of JSON: time, level, logger, message, request, and what ``extra`` gave."""

    def __init__(self) -> None:
        super().__init__(
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in log_data.items() if value not in ("", None)}

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy of the record: other handlers see it as it was."""
        private = logging.makeLogRecord(
            {name: value for name, value in vars(record).items() if name not in DROPPED}
        )
        private.msg, private.args = describe(record), ()
        private.exc_info = private.exc_text = private.stack_info = None
        private.request_id = REQUEST_ID.get()
        if record.exc_info and record.exc_info[1] is not None:
            private.exception = describe_exception(record.exc_info[1])
        return super().format(private)
