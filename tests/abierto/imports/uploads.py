"""Helpers that upload spreadsheets and run the command on them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from abierto.accounts.models import User
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle, resubmit_bundle
from abierto.imports.batches import BatchState
from abierto.imports.kinds import Target
from abierto.imports.models import ImportBatch
from abierto.imports.queries import KINDS
from abierto.imports.services import WORK, request_load, request_undo, start_batch


def make_workbook(sheets: Mapping[str, Sequence[Mapping[str, Any]]], kind: str) -> bytes:
    """Return a workbook of a kind with these rows, by title of the sheet and name of the column."""
    book = Workbook()
    book.remove(book.active)
    for sheet in KINDS[kind].build_sheets():
        rows = sheets.get(sheet.title, [])
        names = [column.name for column in sheet.columns if any(column.name in row for row in rows)]
        headings = {column.name: column.heading for column in sheet.columns}
        if rows:
            written = book.create_sheet(sheet.title)
            written.append([headings[name] for name in names])
            for row in rows:
                written.append([row.get(name) for name in names])
            for cell in (cell for line in written.iter_rows(min_row=2) for cell in line):
                if cell.data_type == "f":
                    cell.data_type = "s"  # a text that begins with «=»
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(target: Target, by: User, content: bytes, kind: str, name: str = "hoja.xlsx") -> ImportBatch:
    """Return a batch whose rows were checked."""
    return do_work(start_batch(KINDS[kind], target, by, ContentFile(content, name=name)))


def load(batch: ImportBatch) -> ImportBatch:
    """Return a batch that was loaded."""
    assert batch.state == BatchState.CHECKED, batch.problems
    request_load(batch, batch.created_by)
    return do_work(batch)


def undo(batch: ImportBatch) -> ImportBatch:
    request_undo(batch, batch.created_by)
    return do_work(batch)


def do_work(batch: ImportBatch) -> ImportBatch:
    """Let the command do what waits, and read the batch again."""
    WORK.run()
    return ImportBatch.objects.get(pk=batch.pk)


def publish(bundle: Bundle, editor: User, reviewer: User) -> None:
    """Send a prepared bundle and approve it in the name of another person."""
    resubmit_bundle(bundle, editor)
    tokens = {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }
    approve_bundle(bundle, reviewer, tokens, "Coincide.")


def find_problems(batch: ImportBatch) -> list[tuple[int | None, str, str]]:
    """Return the row, the column and the message of each problem."""
    return [(found["row"], found["column"], found["message"]) for found in batch.problems]


def read_first_sheet(content: bytes) -> list[list[Any]]:
    """Return the rows with content of the first sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True) if any(row)]
