"""Format log records as lines of JSON with the id of the request and without personal data.

Input of a person may be in a path, in a message of the database or in an exception. So a line has the
template of a message with only its numeric arguments, the type and code lines of an exception without its
message, and the name of the view instead of the path. Messages of the portal's own packages are written in
full; a test posts to every form of the admin and checks that no input was logged.
"""

import logging
import traceback
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

#: The id of the request of this thread; empty outside of requests.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
OWN = ("abierto.", "search.", "pages.", "blocks.")
#: Loggers of the portal whose messages contain input.
INPUT = ("abierto.bad_requests.",)
FRAMES = 12
#: Attributes that Django adds to its records.
DROPPED = frozenset({"request", "server_time", "sql", "params"})


def is_written_whole(name: str) -> bool:
    return name.startswith(OWN) and not name.startswith(INPUT)


def describe(record: logging.LogRecord) -> str:
    """Return the message of a record: in full, or its template with only its numeric arguments."""
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
    """Formats a record as one line of JSON: time, level, logger, message, request id, and ``extra``."""

    def __init__(self) -> None:
        super().__init__(
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in log_data.items() if value not in ("", None)}

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy of the record, so that other handlers get the original."""
        private = logging.makeLogRecord(
            {name: value for name, value in vars(record).items() if name not in DROPPED}
        )
        private.msg, private.args = describe(record), ()
        private.exc_info = private.exc_text = private.stack_info = None
        private.request_id = REQUEST_ID.get()
        if record.exc_info and record.exc_info[1] is not None:
            private.exception = describe_exception(record.exc_info[1])
        return super().format(private)
