"""Measure the dry run of a spreadsheet of progress: seconds, queries. The limit is one minute."""

import io
import resource
import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from abierto.imports.progress import ProgressImportKind
from abierto.spreadsheets.reading import read_book
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from bench.environment import create_database
from tests.abierto.imports.uploads import make_workbook
from tests.factories import AxisPageFactory, CommitmentPageFactory, published
from tests.pages.admin.worlds import build

MAX_SECONDS = 60
ACTIONS_OF_A_COMMITMENT = 100
PERIOD = {"start": "01/12/2023", "end": "29/02/2024"}


def measure_import_check(actions: int) -> dict[str, Any]:
    """Check a workbook with a new figure for so many actions, a hundred in each commitment."""
    create_database()
    world = build()
    codes = [f"2.{number}" for number in range(1, actions // ACTIONS_OF_A_COMMITMENT + 1)]
    axis, north = AxisPageFactory(parent=world.plan, code="2"), Space.objects.get(name="Norte")
    for code in codes:
        page = published(CommitmentPageFactory(parent=axis, code=code, actions=ACTIONS_OF_A_COMMITMENT))
        assign_root(north, page)
    rows = [
        {"code": code, "number": number, **PERIOD, "percent": 5}
        for code in codes
        for number in range(1, ACTIONS_OF_A_COMMITMENT + 1)
    ]
    content = make_workbook({"Avances": rows}, "avances")
    kind = ProgressImportKind()
    [target] = kind.find_targets(world.north_editor)
    start, busy = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as queries:
        book = read_book(io.BytesIO(content), "hoja.xlsx", kind.build_sheets(), kind.most_rows)
        checked = kind.check(target, world.north_editor, book, lambda done, total: None)
    seconds = round(time.perf_counter() - start, 1)
    return {
        "actions": checked.total,
        "changes": len(checked.changes),
        "problems": len(checked.problems),
        "seconds": seconds,
        "processor": round(time.process_time() - busy, 1),
        "queries": len(queries),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "within the limit": not checked.problems and seconds <= MAX_SECONDS,
    }
