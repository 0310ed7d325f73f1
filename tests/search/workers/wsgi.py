"""The portal behind a barrier: an answer begins once the requested number of workers has a request.

A gunicorn worker answers one request at a time, so simultaneous requests that wait for each other are in
different workers, and each of these is seen to answer.
"""

import os
import time
from pathlib import Path

from abierto.wsgi import application as portal

PATIENCE_SECONDS = 20


def application(environ, start_response):
    """Wait for the other workers, then answer with the process id in a header."""
    meeting = environ.get("HTTP_X_MEETING")
    if meeting:
        wait_for_others(Path(meeting), int(environ["HTTP_X_WORKERS"]))

    def signed(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], exc_info)

    return portal(environ, signed)


def wait_for_others(folder: Path, workers: int) -> None:
    """Register this worker and wait until all have registered."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(list(folder.iterdir())) < workers:
        if time.monotonic() > deadline:
            raise TimeoutError("Not every worker came.")
        time.sleep(0.005)
