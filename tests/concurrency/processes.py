"""Real processes that work at the same database at the same time."""

import multiprocessing
import os
import signal
import time
import warnings
from collections.abc import Callable
from typing import Any

from django.db import connections

ROUNDS = int(os.environ.get("ABIERTO_TEST_ROUNDS", "1"))
IS_LONG = ROUNDS > 1
PATIENCE_SECONDS = 240

_context = multiprocessing.get_context("fork")


def barrier(parties: int) -> Any:
    """Return a gate that opens when all have come to it."""
    return _context.Barrier(parties, timeout=PATIENCE_SECONDS)


def together(works: list[Callable[[], Any]]) -> list[Any]:
    """Do every work in a process of its own, all at once; return what each brought back."""
    # A process must not share its parent's connections.
    connections.close_all()
    readers, people = [], []
    for work in works:
        reader, writer = _context.Pipe(duplex=False)
        person = _context.Process(target=_bring_back, args=(work, writer))
        with warnings.catch_warnings():
            # The test runner's own threads hold nothing that a work needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            person.start()
        writer.close()
        readers.append(reader)
        people.append(person)
    try:
        return [_received(reader) for reader in readers]
    finally:
        for person in people:
            person.join(10)
            if person.is_alive():
                person.kill()


def _bring_back(work: Callable[[], Any], writer: Any) -> None:
    try:
        writer.send(work())
    finally:
        connections.close_all()


def _received(reader: Any) -> Any:
    if not reader.poll(PATIENCE_SECONDS):
        raise TimeoutError("One of the processes did not come back.")
    return reader.recv()


def killed(work: Callable[[], Any]) -> bool:
    """Do a work in a process of its own; say whether it died by its own hand on the way."""
    connections.close_all()
    person = _context.Process(target=work)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        person.start()
    person.join(PATIENCE_SECONDS)
    return person.exitcode == -signal.SIGKILL


def die(*args: Any, **kwargs: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
