"""Read the rows of a spreadsheet, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .csv_text import MAX_CSV, read_csv
from .rows import LONGEST_CELL, Cell, Column, RowProblem, SheetRow, SpreadsheetError, match_headings, refuse
from .xlsx import read_xlsx

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0"
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
MOST_PROBLEMS = 200


def read_rows(file: IO[bytes], name: str, columns: Sequence[Column], most_rows: int) -> list[SheetRow]:
    """Return the rows below the headings, without empty ones; at most ``most_rows``.

    The first bytes decide the format; ``name`` separates a text table from other files.

    Raises:
        SpreadsheetError: with every problem that the reader found.
    """
    lines = iter_lines(file, name)
    heading = next((line for line in lines if any(line[1])), None)
    if heading is None:
        raise refuse(_("La hoja está vacía. Descarga la plantilla y llena un renglón por cada uno."))
    places = match_headings(heading[1], columns, heading[0])
    rows: list[SheetRow] = []
    problems: list[RowProblem] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if len(rows) >= most_rows:
            message = _("Trae más de %(most)s renglones. Divídela en varias hojas.") % {"most": most_rows}
            raise refuse(message, number)
        rows.append(read_row(number, cells, places, problems))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise SpreadsheetError(*problems)
    if not rows:
        raise refuse(_("La hoja solo tiene encabezados. Llena un renglón por cada uno."), heading[0])
    return rows


def iter_lines(file: IO[bytes], name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each row of a workbook or a text table.

    Raises:
        SpreadsheetError: for a file of another kind.
    """
    file.seek(0)
    start = file.read(len(ZIP_MARK))
    file.seek(0)
    if start.startswith(ZIP_MARK) or start == OLE_MARK:
        return read_xlsx(file)
    if Path(name).suffix.lower() not in TEXT_SUFFIXES:
        raise refuse(_("El archivo no es una hoja de cálculo. Súbelo como .xlsx o .csv."))
    return read_csv(file.read(MAX_CSV + 1))


def read_row(
    number: int, cells: Sequence[Cell], places: dict[int, Column], problems: list[RowProblem]
) -> SheetRow:
    """Return a row; what is outside of the columns, or too long, goes to ``problems``."""
    row = SheetRow(number)
    for place, value in enumerate(cells):
        text = value.strip() if isinstance(value, str) else value
        if not text:
            continue
        column = places.get(place)
        if column is None:
            problems.append(
                RowProblem(_("Hay un valor en una columna sin encabezado. Bórralo o ponle nombre."), number)
            )
        elif isinstance(text, str) and len(text) > LONGEST_CELL:
            message = _("El texto pasa de %(most)s letras. Acórtalo.") % {"most": LONGEST_CELL}
            problems.append(RowProblem(message, number, column.heading))
        else:
            row.cells[column.name] = text
    return row
