"""The name of a process that holds something in the database, and whether it is still alive."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def own_name() -> str:
    """Return the name of this process: its host and number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(holder: str) -> bool:
    """Check that a process of this host is gone. A process of another host may be alive."""
    host, _colon, number = holder.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return False
    with suppress(PermissionError):
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
    return False
