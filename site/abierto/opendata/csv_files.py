"""Write records as CSV: for programs with the names of the fields, for people with their labels."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from abierto.exports import BYTE_ORDER_MARK, csv_value, safe_cell

from .fields import Field, Record, cell_value


class _Lines(io.StringIO):
    """A text buffer whose ``take`` returns and clears its content."""

    def take(self) -> str:
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text


def iterate_csv(
    fields: Sequence[Field], records: Iterable[Record], *, is_for_people: bool = False
) -> Iterator[str]:
    """Yield the lines of a table, the headings first; possible formulas are quoted.

    For people: labels as headings, local formats of dates, and a byte order mark for Excel. For programs:
    names of the fields, ISO 8601, ``true`` and ``false``.
    """
    lines = _Lines()
    table = csv.writer(lines)
    write = csv_value if is_for_people else write_for_programs
    table.writerow([field.label if is_for_people else field.name for field in fields])
    yield (BYTE_ORDER_MARK if is_for_people else "") + lines.take()
    for record in records:
        table.writerow([write(cell_value(field, record[field.name])) for field in fields])
        yield lines.take()


def write_for_programs(value: Any) -> Any:
    """Format a value unambiguously: ISO 8601 with offset, ``true`` and ``false``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return safe_cell(value) if isinstance(value, str) else value
