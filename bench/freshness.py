"""Measure how soon another process finds a published page, with several concurrent writers."""

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from django.db import connections, transaction

from abierto.approval.ledger.imports import imported
from bench.publishing import add_archive
from pages.standard.models import StandardPage
from search.engines import get_engine
from search.indexing import outbox

LOOK_EVERY_SECONDS = 0.002
PATIENCE_SECONDS = 30

# Forked, as gunicorn's workers are: the content is loaded once.
processes = multiprocessing.get_context("fork")


def measure_freshness(writers: int, pages: int) -> dict[str, float]:
    """Publish so many pages from each writer, and return when a process that only reads saw them."""
    with imported("Un sitio para medir"):
        archive = add_archive()
        parents = [_parent(archive, number) for number in range(writers)]
    connections.close_all()
    start = processes.Barrier(writers)
    saved: dict[int, float] = {}
    with reader() as seen:
        pipes = [_started(parent, pages, start) for parent in parents]
        for pipe in pipes:
            saved |= pipe.recv()
        seen.send(set(saved))
        first = seen.recv()
    waits = sorted((first[page] - saved[page]) * 1000 for page in saved if page in first)
    return {
        "writers": writers,
        "pages": len(saved),
        "never_seen": len(saved) - len(waits),
        "p50_ms": round(statistics.median(waits), 1),
        "p95_ms": round(statistics.quantiles(waits, n=20)[-1], 1),
        "left_in_outbox": outbox.find_waiting_rows().count(),
    }


def _parent(archive: StandardPage, number: int) -> StandardPage:
    page: StandardPage = archive.add_child(instance=StandardPage(title=f"De {number}", slug=f"de-{number}"))
    page.save_revision().publish()
    return page


def _started(parent: StandardPage, pages: int, start: Barrier) -> Connection:
    ours, theirs = processes.Pipe()
    processes.Process(target=_write, args=(parent, pages, start, theirs), daemon=True).start()
    theirs.close()
    return ours


def _write(parent: StandardPage, pages: int, start: Barrier, pipe: Connection) -> None:
    """Publish the pages one after the other and report the time of each save."""
    start.wait()
    saved: dict[int, float] = {}
    for number in range(pages):
        with transaction.atomic(), imported("Un sitio para medir"):
            page = parent.add_child(instance=StandardPage(title=f"Nota {number}", slug=f"nota-{number}"))
            page.save_revision().publish()
            saved[page.pk] = time.time()
    pipe.send(saved)


@contextmanager
def reader() -> Iterator[Connection]:
    """Poll the search for the given pages and report the time of each first hit."""
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_look, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    yield ours
    process.join()


def _look(pipe: Connection) -> None:
    engine, seen = get_engine(), dict[int, float]()
    wanted: set[int] = set()
    deadline = 0.0
    while not wanted or (wanted - seen.keys() and time.time() < deadline):
        for page in engine.groups().keys() - seen.keys():
            seen[page] = time.time()
        if not wanted and pipe.poll():
            wanted, deadline = pipe.recv(), time.time() + PATIENCE_SECONDS
        time.sleep(LOOK_EVERY_SECONDS)
    pipe.send(seen)
