"""Rate limit of the API: requests of an IP address in a minute, counted for all processes of a machine.

A counter in the database would cost a write for each read. Here each minute has a folder and each address a
file in it, to which a request appends one byte. Appends are atomic, so the size of the file is the number of
requests.
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
    """The requests that an address has left in this window, and the seconds until the next one."""

    limit: int
    left: int
    reset: int

    @property
    def is_exceeded(self) -> bool:
        """Check whether there were too many requests."""
        return self.left < 0

    def write_headers(self, response: HttpResponse) -> None:
        """Set the headers ``RateLimit-*``, and ``Retry-After`` if the limit is exceeded."""
        response.headers["RateLimit-Limit"] = str(self.limit)
        response.headers["RateLimit-Remaining"] = str(max(self.left, 0))
        response.headers["RateLimit-Reset"] = str(self.reset)
        if self.is_exceeded:
            response.headers["Retry-After"] = str(self.reset)


def count_request(request: HttpRequest) -> Allowance | None:
    """Count a request for its address; None if the installation sets no limit."""
    limit: int = settings.ABIERTO_API_REQUESTS
    if not limit:
        return None
    window, passed = divmod(int(time.time()), WINDOW)
    try:
        count = count_in_window(str(get_adapter().get_client_ip(request)), window)
    except OSError:
        # A full disk must not prevent reading the data.
        logger.warning("Requests of the API cannot be counted.", exc_info=True)
        return None
    return Allowance(limit, limit - count, WINDOW - passed)


def count_in_window(address: str, window: int) -> int:
    """Count a request of an address; return its number of requests in this window.

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
        # Where this byte ends; the size of the file may include a byte of another process already.
        return os.lseek(file, 0, os.SEEK_CUR)
    finally:
        os.close(file)


def limits_folder() -> Path:
    """Return the folder of the counts; file names are hashes of the addresses."""
    return Path(settings.ABIERTO_DATA) / "limits"


def forget_windows_before(window: int) -> None:
    """Delete the counts of earlier windows; another process may be doing the same."""
    for folder in limits_folder().glob("*"):
        if int(folder.name) < window:
            shutil.rmtree(folder, ignore_errors=True)
