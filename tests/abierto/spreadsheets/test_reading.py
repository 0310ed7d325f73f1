"""Spreadsheets as people save them, and the problems of those that cannot be read."""

import datetime
import io
import zipfile

import pytest
from openpyxl import load_workbook

from abierto.spreadsheets.reading import read_rows
from abierto.spreadsheets.rows import SheetColumn, SpreadsheetError
from abierto.spreadsheets.xlsx import build_template
from tests.abierto.spreadsheets.books import make_book, make_zip, rewrite_part

COLUMNS = (
    SheetColumn("number", "Número de expediente", is_required=True),
    SheetColumn("year", "Año"),
    SheetColumn("note", "Qué pasó"),
)
HEADINGS = ["Número de expediente", "Año", "Qué pasó"]
SHEET = "xl/worksheets/sheet1.xml"


def read(file, name="lote.xlsx", most=1_000):
    return read_rows(file, name, COLUMNS, most)


def refusal(file, name="lote.xlsx", most=1_000):
    """Return the row, the column and the message of each problem."""
    with pytest.raises(SpreadsheetError) as caught:
        read(file, name, most)
    return [(problem.row, problem.column, problem.message) for problem in caught.value.problems]


def test_rows_keep_the_numbers_that_excel_shows():
    book = make_book([HEADINGS, ["1/2024", 2024, "Ganó"], [], ["2/2024", None, "Perdió"]])

    rows = read(book)

    assert [(row.number, row.text("number"), row.text("year")) for row in rows] == [
        (2, "1/2024", "2024"),
        (4, "2/2024", ""),
    ]


def test_headings_match_without_accents_and_case():
    rows = read(make_book([["NUMERO DE EXPEDIENTE ", "ano"], ["1/2024", 2024]]))

    assert rows[0].cells == {"number": "1/2024", "year": "2024"}


def test_dates_stay_dates():
    rows = read(make_book([HEADINGS, [datetime.date(2024, 5, 1), 1, 1]]))

    assert rows[0].cells["number"] == datetime.date(2024, 5, 1)


def test_cells_with_several_values():
    row = read(make_book([HEADINGS, ["1", None, "multa; tránsito;\nseñal ;"]]))[0]

    assert row.values("note") == ["multa", "tránsito", "señal"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_encoding_and_separator_of_excel(encoding, delimiter):
    lines = [HEADINGS, ["12/2024", "2024", "¿Pagó la niña señalada? Sí: pagó\nen León."]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    rows = read(io.BytesIO(text.encode(encoding)), "lote.csv")

    assert rows[0].text("note") == "¿Pagó la niña señalada? Sí: pagó\nen León."


def test_csv_states_its_separator_in_a_first_line():
    rows = read(io.BytesIO(b"sep=|\r\nNumero de expediente|Ano\r\n1/2024|2024"), "lote.csv")

    assert [(row.number, row.text("year")) for row in rows] == [(3, "2024")]


def test_template_is_read_back_and_its_cells_are_text():
    book = load_workbook(io.BytesIO(build_template("Sentencias", COLUMNS)))
    sheet = book.worksheets[0]
    sheet["A2"] = "12/2023"
    written = io.BytesIO()
    book.save(written)

    assert sheet["A2"].number_format == "@"
    assert read(written)[0].text("number") == "12/2023"


# --- What is refused -----------------------------------------------------------------------------------


def merge(book):
    book.active.merge_cells("A3:B4")


def hide(book):
    book.create_sheet("Borrador").sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [(merge, 3, "A3:B4"), (hide, None, "«Borrador»")],
)
def test_merged_cells_and_hidden_sheets_are_named(change, row, words):
    found = refusal(make_book([HEADINGS, ["1", 1, "x"], ["2", 1, "y"]], change))

    assert found[0][0] == row
    assert words in found[0][2]


def test_formula_is_named_by_its_cell():
    found = refusal(make_book([HEADINGS, ["1", "=1+1", "x"]]))

    assert (found[0][0], "B2 es una fórmula" in found[0][2]) == (2, True)


def test_error_of_excel_is_named_by_its_cell():
    book = make_book([HEADINGS, ["1", "#N/A", "x"]])

    assert "B2 tiene un error" in refusal(book)[0][2]


@pytest.mark.parametrize(
    ("headings", "column", "words"),
    [
        (["Año"], "Número de expediente", "Falta"),
        (["Número de expediente", "Color"], "Color", "no se conoce"),
        (["Número de expediente", "Año", "ANO"], "ANO", "dos veces"),
    ],
)
def test_headings_that_do_not_fit(headings, column, words):
    found = refusal(make_book([headings, ["1"] * len(headings)]))

    assert (found[0][1], words in found[0][2]) == (column, True)


def test_value_without_heading_is_named_by_its_row():
    assert "sin encabezado" in refusal(make_book([HEADINGS, ["1", 1, "x", "suelto"]]))[0][2]


@pytest.mark.parametrize("rows", [[], [HEADINGS]])
def test_empty_sheet(rows):
    assert refusal(make_book(rows))


def test_too_many_rows():
    book = make_book([HEADINGS, *([number, 1, 1] for number in range(5))])

    assert refusal(book, most=3) == [(5, "", "Trae más de 3 renglones. Divídela en varias hojas.")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "lote.xlsx"),
        (b"%PDF-1.7 \0\xff", "lote.csv"),
        (b"PK\x03\x04 broken", "lote.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lote.xls"),
        (b"", "lote.csv"),
        (make_zip({"a.txt": b"x"}).getvalue(), "lote.xlsx"),
        ("\ufeffa".encode("utf-16")[:-1], "lote.csv"),
    ],
)
def test_file_that_is_no_spreadsheet(content, name):
    assert refusal(io.BytesIO(content), name)


def test_xml_with_entities_of_its_own_is_refused():
    book = rewrite_part(
        make_book([HEADINGS, ["1", 1, "x"]]),
        SHEET,
        b"<worksheet",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet',
    )

    assert "dañado" in refusal(book)[0][2]


def test_workbook_with_macros_is_refused():
    with zipfile.ZipFile(make_book([HEADINGS, ["1", 1, "x"]])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    assert "macros" in refusal(make_zip({**files, "xl/vbaProject.bin": b"x"}))[0][2]


def test_bomb_is_refused_by_its_listing():
    zeros = make_zip({"xl/worksheets/sheet1.xml": bytes(151 * 1024 * 1024)})

    assert "crece demasiado" in refusal(zeros)[0][2]


def test_hundreds_of_thousands_of_empty_rows_are_passed():
    empty = b"".join(b'<row r="%d"/>' % number for number in range(3, 200_000))
    book = rewrite_part(make_book([HEADINGS, ["1", 1, "x"]]), SHEET, b"</sheetData>", empty + b"</sheetData>")

    assert [row.number for row in read(book)] == [2]


def test_row_with_more_cells_than_memory_is_refused_before_it_is_read():
    cells = b"<row>" + b"<c/>" * 400_000 + b"</row></sheetData>"
    book = rewrite_part(make_book([HEADINGS]), SHEET, b"</sheetData>", cells)

    assert "crece demasiado" in refusal(book)[0][2]
