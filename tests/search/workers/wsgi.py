"""The portal behind a meeting point: an answer begins once as many workers as were asked for are there.

A worker of gunicorn answers one request at a time, so that many requests at once that wait for each other are
in as many workers, and each of them is seen to answer.
"""

import os
import time
from pathlib import Path

from abierto.wsgi import application as portal

PATIENCE_SECONDS = 20


def application(environ, start_response):
    """Wait for the others, then answer, signed with the number of the process."""
    meeting = environ.get("HTTP_X_MEETING")
    if meeting:
        meet(Path(meeting), int(environ["HTTP_X_WORKERS"]))

    def signed(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], exc_info)

    return portal(environ, signed)


def meet(folder: Path, workers: int) -> None:
    """Sign in, and wait until everybody has."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(list(folder.iterdir())) < workers:
        if time.monotonic() > deadline:
            raise TimeoutError("Not every worker came.")
        time.sleep(0.005)
