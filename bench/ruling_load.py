"""Measure the bulk load of rulings: seconds, memory. The limit is ten minutes on two cores."""

import resource
import time
from collections.abc import Callable
from typing import Any

from abierto.imports.batches import BatchState
from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.services import request_load, request_undo
from abierto.spaces.empty_portal import build_empty_portal
from bench.environment import create_database
from pages.rulings.models import RulingPage
from tests.abierto.privacy import files
from tests.abierto.ruling_desk.court import PLAIN, Court, do_work, open_court, upload_batch

MAX_SECONDS = 600
PAGES_OF_A_FILE = 12
TEXT = (
    "Vistos para resolver los autos del proceso administrativo promovido contra la boleta de infracción "
    "emitida por un agente de tránsito, de cuyas constancias se desprende lo siguiente. "
)


def measure_ruling_load(rulings: int) -> dict[str, Any]:
    """Check, load and undo so many rulings, each with a PDF and a plain version."""
    create_database()
    court = open_court(build_empty_portal())
    before = memory()
    batch, check = timed(lambda: upload(court, rulings))
    batch, load = timed(lambda: move(batch, lambda: request_load(batch, court.clerk)))
    loaded = RulingPage.objects.count()
    bundles = batch.bundles.count()
    batch, undo = timed(lambda: move(batch, lambda: request_undo(batch, court.clerk)))
    return {
        "rulings": loaded,
        "bundles": bundles,
        "check": check,
        "load": load,
        "undo": undo,
        "megabytes": {"before": before, "after": memory()},
        "state": str(batch.state),
        "within the limit": loaded == rulings
        and batch.state == BatchState.UNDONE
        and check["seconds"] + load["seconds"] <= MAX_SECONDS,
    }


def upload(court: Court, rulings: int) -> RulingBatch:
    """Upload and check a spreadsheet with a file for each row."""
    content = files.make_pdf(*[files.PLAIN.format(text=TEXT)] * PAGES_OF_A_FILE)
    numbers = range(1, rulings + 1)
    rows = [
        {
            "case_number": f"{number}/2024",
            "title": f"La multa número {number} no decía por qué",
            "decided_on": f"{number % 28 + 1:02}/{number % 12 + 1:02}/2024",
            "file": f"{number}.pdf",
            "anonymized_by": court.clerk.email,
            "names_reviewed_by": court.reviewer.email,
            **PLAIN,
        }
        for number in numbers
    ]
    # A comment at the end makes each file another one.
    archive = {f"{number}.pdf": content + f"%{number}\n".encode() for number in numbers}
    return upload_batch(court, rows, archive)


def move(batch: RulingBatch, request: Callable[[], None]) -> RulingBatch:
    request()
    return do_work(batch)


def timed(action: Callable[[], RulingBatch]) -> tuple[RulingBatch, dict[str, float]]:
    """Return what ``action`` returns, and its seconds by the clock and of the processor."""
    start, busy = time.perf_counter(), processor()
    result = action()
    return result, {
        "seconds": round(time.perf_counter() - start, 1),
        "processor": round(processor() - busy, 1),
    }


def processor() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def memory() -> int:
    """Return the most memory that this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
