"""Files that no kind of import accepts: each is refused with what to do."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from abierto.imports.queries import KINDS
from abierto.spreadsheets.reading import read_book
from abierto.spreadsheets.rows import SpreadsheetError
from abierto.spreadsheets.xlsx import MAX_UNPACKED, build_book

pytestmark = pytest.mark.slow

OF_ONE_SHEET = sorted(kind.name for kind in KINDS.values() if len(kind.build_sheets()) == 1)


def written(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled(kind):
    """Return the template of a kind with one row, and its sheet to fill."""
    book = load_workbook(io.BytesIO(build_book(kind.build_sheets())))
    sheet = book.worksheets[0]
    sheet["A2"] = "1"
    return book, sheet


def with_merged_cells(kind) -> bytes:
    book, sheet = filled(kind)
    sheet.merge_cells("A2:A3")
    return written(book)


def with_a_hidden_sheet(kind) -> bytes:
    book, _sheet = filled(kind)
    book.create_sheet("Notas").sheet_state = "hidden"
    return written(book)


def with_a_formula(kind) -> bytes:
    book, sheet = filled(kind)
    sheet["B2"] = "=1+1"
    return written(book)


def with_an_unknown_column(kind) -> bytes:
    book, sheet = filled(kind)
    sheet.cell(1, len(kind.build_sheets()[0].columns) + 1, "Inventada")
    return written(book)


def without_a_needed_column(kind) -> bytes:
    book, sheet = filled(kind)
    sheet.delete_cols(1)
    return written(book)


def with_macros(kind) -> bytes:
    content = io.BytesIO(written(filled(kind)[0]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return content.getvalue()


def as_a_bomb(kind) -> bytes:
    content = io.BytesIO(written(filled(kind)[0]))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w", force_zip64=True) as entry,
    ):
        for _part in range(MAX_UNPACKED // (1 << 24) + 1):
            entry.write(bytes(1 << 24))
    return content.getvalue()


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (with_merged_cells, "combinadas"),
        (with_a_hidden_sheet, "hojas ocultas"),
        (with_a_formula, "es una fórmula"),
        (with_an_unknown_column, "no se conoce"),
        (without_a_needed_column, "Falta esta columna"),
        (with_macros, "macros"),
        (lambda kind: b"", "no es una hoja|vacía|Aquí van varias hojas"),
        (lambda kind: b"PK\x03\x04 no es un libro", "dañado"),
        (lambda kind: written(Workbook()), "vacía|no se conoce"),
    ],
)
def test_workbook_that_no_kind_accepts_is_refused(kind, make, words):
    with pytest.raises(SpreadsheetError, match=words):
        read_book(io.BytesIO(make(kind)), "hoja.xlsx", kind.build_sheets(), kind.most_rows)


def test_bomb_is_refused_for_several_sheets_too():
    for kind in (KINDS["plan"], KINDS["ruta"]):
        with pytest.raises(SpreadsheetError, match="crece demasiado"):
            read_book(io.BytesIO(as_a_bomb(kind)), "hoja.xlsx", kind.build_sheets(), kind.most_rows)


@pytest.mark.parametrize("name", OF_ONE_SHEET)
@pytest.mark.parametrize(
    "cells",
    [b"\x00\x00\x00", b"\xff\xfe\x00\x00", b"", b"x" * 200_000],
    ids=["nul", "cut utf-16", "empty", "200 KB"],
)
def test_text_table_that_no_kind_accepts_is_refused(name, cells):
    kind = KINDS[name]
    headings = ";".join(column.heading for column in kind.build_sheets()[0].columns)
    content = headings.encode() + b"\n" + cells
    with pytest.raises(SpreadsheetError):
        read_book(io.BytesIO(content), "hoja.csv", kind.build_sheets(), kind.most_rows)


@pytest.mark.parametrize("name", OF_ONE_SHEET)
def test_more_rows_than_a_kind_accepts_are_refused(name):
    kind = KINDS[name]
    headings = ";".join(column.heading for column in kind.build_sheets()[0].columns)
    content = f"{headings}\n" + "1\n" * (kind.most_rows + 1)
    with pytest.raises(SpreadsheetError, match="Divídela"):
        read_book(io.BytesIO(content.encode()), "hoja.csv", kind.build_sheets(), kind.most_rows)
