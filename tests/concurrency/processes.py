"""Processes that use the same database at the same time."""

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
    """Return a barrier that opens when all processes have reached it."""
    return _context.Barrier(parties, timeout=PATIENCE_SECONDS)


def run_in_parallel(works: list[Callable[[], Any]]) -> list[Any]:
    """Run each function in its own process, all at once; return their results."""
    # A process must not share its parent's connections.
    connections.close_all()
    readers, people = [], []
    for work in works:
        reader, writer = _context.Pipe(duplex=False)
        person = _context.Process(target=_send_result, args=(work, writer))
        with warnings.catch_warnings():
            # The test runner's threads hold no locks that the function needs.
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


def _send_result(work: Callable[[], Any], writer: Any) -> None:
    try:
        writer.send(work())
    finally:
        connections.close_all()


def _received(reader: Any) -> Any:
    if not reader.poll(PATIENCE_SECONDS):
        raise TimeoutError("One of the processes did not come back.")
    return reader.recv()


def run_until_killed(work: Callable[[], Any]) -> bool:
    """Run a function in its own process; return whether it killed itself."""
    connections.close_all()
    person = _context.Process(target=work)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        person.start()
    person.join(PATIENCE_SECONDS)
    return person.exitcode == -signal.SIGKILL


def die(*args: Any, **kwargs: Any) -> None:
    """Kill this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
