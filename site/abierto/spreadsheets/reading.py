"""Read the rows of a spreadsheet in any of the formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from abierto.exports import safe_cell

from .csv_text import MAX_CSV, read_csv
from .rows import (
    LONGEST_CELL,
    Cell,
    RowProblem,
    Sheet,
    SheetColumn,
    SheetRow,
    SpreadsheetError,
    build_error,
    heading_key,
    match_headings,
)
from .xlsx import help_title, read_titles, read_xlsx

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0"
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
MOST_PROBLEMS = 200


def read_rows(file: IO[bytes], name: str, columns: Sequence[SheetColumn], most_rows: int) -> list[SheetRow]:
    """Return the rows below the headings, without empty ones; at most ``most_rows``.

    The format is recognized by the first bytes, a text table by the extension of ``name``.

    Raises:
        SpreadsheetError: with every problem that the reader found.
    """
    heading, rows = read_table(iter_lines(file, name), columns, most_rows)
    if heading is None:
        raise build_error(_("La hoja está vacía. Descarga la plantilla y llena un renglón por cada uno."))
    if not rows:
        raise build_error(_("La hoja solo tiene encabezados. Llena un renglón por cada uno."), heading)
    return rows


def read_book(
    file: IO[bytes], name: str, sheets: Sequence[Sheet], most_rows: int
) -> dict[str, list[SheetRow]]:
    """Return the rows of each sheet by its key, without the sheets that the file does not have.

    A text table has a single sheet; several sheets need a workbook.

    Raises:
        SpreadsheetError: with every problem that the reader found.
    """
    if len(sheets) == 1:
        return {sheets[0].key: read_rows(file, name, sheets[0].columns, most_rows)}
    file.seek(0)
    if not file.read(len(ZIP_MARK)).startswith((ZIP_MARK, OLE_MARK)):
        raise build_error(
            _("Aquí van varias hojas en un libro. Descarga la plantilla y guárdala como .xlsx.")
        )
    known = {sheet.key: sheet for sheet in sheets}
    titles = {heading_key(title): title for title in read_titles(file)}
    problems = [
        RowProblem(_("Esta hoja no se conoce. Bórrala o corrige su nombre."), sheet=title)
        for key, title in titles.items()
        if key not in known and key != heading_key(help_title())
    ]
    found: dict[str, list[SheetRow]] = {}
    for key in known.keys() & titles.keys():
        try:
            found[key] = read_table(read_xlsx(file, titles[key]), known[key].columns, most_rows)[1]
        except SpreadsheetError as error:
            problems += [replace(problem, sheet=known[key].title) for problem in error.problems]
    if not problems and not any(found.values()):
        problems = [RowProblem(_("El libro no tiene renglones. Descarga la plantilla y llena sus hojas."))]
    if problems:
        raise SpreadsheetError(*problems)
    return found


def read_table(
    lines: Iterator[tuple[int, list[Cell]]], columns: Sequence[SheetColumn], most_rows: int
) -> tuple[int | None, list[SheetRow]]:
    """Return the number of the row with the headings, None in an empty table, and the rows below it.

    Raises:
        SpreadsheetError: with every problem that the reader found.
    """
    heading = next((line for line in lines if any(line[1])), None)
    if heading is None:
        return None, []
    places = match_headings(heading[1], columns, heading[0])
    names = frozenset(column.name for column in places.values())
    rows: list[SheetRow] = []
    problems: list[RowProblem] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if len(rows) >= most_rows:
            message = _("Trae más de %(most)s renglones. Divídela en varias hojas.") % {"most": most_rows}
            raise build_error(message, number)
        rows.append(read_row(number, cells, places, names, problems))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise SpreadsheetError(*problems)
    return heading[0], rows


def iter_lines(file: IO[bytes], name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each row of a workbook or a text table.

    Raises:
        SpreadsheetError: for a file of another kind.
    """
    file.seek(0)
    start = file.read(len(ZIP_MARK))
    file.seek(0)
    if start.startswith((ZIP_MARK, OLE_MARK)):
        return read_xlsx(file)
    if Path(name).suffix.lower() not in TEXT_SUFFIXES:
        raise build_error(_("El archivo no es una hoja de cálculo. Súbelo como .xlsx o .csv."))
    return read_csv(file.read(MAX_CSV + 1))


def read_row(
    number: int,
    cells: Sequence[Cell],
    places: dict[int, SheetColumn],
    names: frozenset[str],
    problems: list[RowProblem],
) -> SheetRow:
    """Return a row; values outside of the columns or too long become ``problems``."""
    row = SheetRow(number, columns=names)
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
            row.cells[column.name] = restore_cell(text) if isinstance(text, str) else text
    return row


def restore_cell(text: str) -> str:
    """Return a text without the apostrophe that ``safe_cell`` puts before a possible formula."""
    rest = text.removeprefix("'")
    return rest if safe_cell(rest) == text else text
