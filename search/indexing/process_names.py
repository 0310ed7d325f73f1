"""Name the processes that own database rows, and check whether they are alive."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def get_process_name() -> str:
    """Return the name of this process: «host:pid»."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_process_dead(holder: str) -> bool:
    """Check whether the process has ended; False for processes of other hosts, which may be alive."""
    host, _colon, number = holder.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return False
    with suppress(PermissionError):
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
    return False
