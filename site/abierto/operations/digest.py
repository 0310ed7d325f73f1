"""Collect errors and slow queries in a file, and send them by e-mail at most once an hour.

A file and not a table, because errors of the database are collected too. A line has the content of the log
line, without personal data. A systemd timer runs ``manage.py send_digest``, which works without the worker.
"""

import fcntl
import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from .logs import PrivateFormatter

HOUR = 3600
MAX_BYTES = 2 * 1024**2
MAX_LINES = 40


def events_path() -> Path:
    return Path(settings.ABIERTO_DATA) / "events.jsonl"


@contextmanager
def open_locked(mode: str) -> Iterator[IO[str]]:
    """Open the file of events with an exclusive lock."""
    with events_path().open(mode, encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


class DigestHandler(logging.Handler):
    """Append warnings of slow queries and all errors to the file, up to ``MAX_BYTES``."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(PrivateFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR and record.name != "abierto.operations.slow_queries":
            return
        # A full disk must not break the request; the log has the line too.
        with suppress(OSError), open_locked("a") as file:
            if file.tell() < MAX_BYTES:
                file.write(self.format(record) + "\n")


def read_events() -> list[dict[str, str]]:
    """Return the events since the last digest; an empty list without the file."""
    try:
        lines = events_path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines]


def count_events(module: str = "") -> int:
    """Return the number of events; with ``module``, of those whose traceback contains it."""
    return sum(module in event.get("exception", "") for event in read_events())


def summarize(events: list[dict[str, str]]) -> list[str]:
    """Return a line for each distinct event with its count, the most frequent first."""
    seen: Counter[str] = Counter()
    example: dict[str, str] = {}
    for event in events:
        parts = [event.get("level", ""), event.get("logger", ""), event.get("message", "")]
        text = " · ".join(filter(None, [*parts, event.get("exception", "")]))
        seen[text] += 1
        example[text] = event.get("request_id", "")
    return [f"{count} × {text} [{example[text] or '-'}]" for text, count in seen.most_common(MAX_LINES)]


def send_digest() -> int:
    """Send the collected events, unless the last digest is younger than an hour; return their number.

    Raises:
        OSError: if the mail server refuses the e-mail; the events stay in the file.
    """
    stamp = events_path().with_suffix(".sent")
    if stamp.exists() and time.time() - stamp.stat().st_mtime < HOUR:
        return 0
    if not settings.ABIERTO_ALERTS_TO or not events_path().exists():
        return 0
    with open_locked("r+") as file:
        events = [json.loads(line) for line in file.read().splitlines()]
        if not events:
            return 0
        subject = _("Abierto: %(count)s avisos en la última hora") % {"count": len(events)}
        body = _(
            "Cada renglón dice cuántas veces ocurrió y una petición de ejemplo, que el registro tiene entera."
        )
        send_mail(subject, "\n\n".join([body, *summarize(events)]), None, settings.ABIERTO_ALERTS_TO)
        file.truncate(0)
        stamp.touch()
    return len(events)
