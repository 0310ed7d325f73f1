"""How many requests an address may send in a minute, counted for all processes of a machine.

A counter in the database would write to it with each read. Here a minute is a folder and an address a file
in it, to which every request appends one byte: the operating system does that for one process after the
other, so none is lost, and the size of the file is the number of requests.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

WINDOW = 60
"""Seconds."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """What is left to an address: requests in this window, and seconds until the next one."""

    limit: int
    left: int
    reset: int

    @property
    def is_exceeded(self) -> bool:
        """Check whether there were too many requests."""
        return self.left < 0

    def write_headers(self, response: HttpResponse) -> None:
        """Tell the caller the limit, what is left of it, and when to come back."""
        response.headers["RateLimit-Limit"] = str(self.limit)
        response.headers["RateLimit-Remaining"] = str(max(self.left, 0))
        response.headers["RateLimit-Reset"] = str(self.reset)
        if self.is_exceeded:
            response.headers["Retry-After"] = str(self.reset)


def count_request(request: HttpRequest) -> Allowance | None:
    """Count a request of its address; None where the installation sets no limit."""
    limit: int = settings.ABIERTO_API_REQUESTS
    if not limit:
        return None
    window, passed = divmod(int(time.time()), WINDOW)
    try:
        count = count_in_window(str(get_adapter().get_client_ip(request)), window)
    except OSError:
        # A full disk does not close the data to those who read them.
        logger.warning("Requests of the API cannot be counted.", exc_info=True)
        return None
    return Allowance(limit, limit - count, WINDOW - passed)


def count_in_window(address: str, window: int) -> int:
    """Count a request of an address; return how many it sent in this window.

    Raises:
        OSError: when the file cannot be written.
    """
    folder = limits_folder() / str(window)
    if not folder.is_dir():
        forget_windows_before(window)
        folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.blake2b(address.encode(), digest_size=16).hexdigest()
    file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, b".")
        return os.fstat(file).st_size
    finally:
        os.close(file)


def limits_folder() -> Path:
    """Return the folder of the counts, without any address in it."""
    return Path(settings.ABIERTO_DATA) / "limits"


def forget_windows_before(window: int) -> None:
    """Delete the counts of earlier windows; another process may be doing the same."""
    for folder in limits_folder().glob("*"):
        if int(folder.name) < window:
            shutil.rmtree(folder, ignore_errors=True)
