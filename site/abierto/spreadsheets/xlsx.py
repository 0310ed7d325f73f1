"""Read the rows of an Excel workbook as a stream, one row in memory at a time, and write templates."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .rows import Cell, RowProblem, Sheet, SheetColumn, SpreadsheetError, build_error

#: The media type of a workbook.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_UNPACKED = 150 * 1024 * 1024
MAX_STRINGS = 40 * 1024 * 1024
"""Maximum bytes of the shared strings, which openpyxl loads into memory."""
MAX_ENTRIES = 2_000
MAX_COLUMNS = 200
MAX_CELLS = 300_000
STRINGS = "xl/sharedstrings.xml"
MACROS = "xl/vbaproject.bin"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
CHUNK, OVERLAP = 1 << 20, 200
MOST_MERGED = 20
PERCENT_DECIMALS = 6
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError,
    TypeError, IndexError, AttributeError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""Exceptions of openpyxl for damaged or manipulated workbooks."""


def read_xlsx(file: IO[bytes], title: str = "") -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each non-empty row of the sheet ``title``, by default the first one.

    Raises:
        SpreadsheetError: for a damaged file, hidden sheets, merged cells and formulas.
    """
    check_size(file)
    try:
        workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = find_sheet(workbook, title)
        merged = find_merged(file, sheet)
    except BROKEN as error:
        raise build_damage_error() from error
    if merged:
        raise SpreadsheetError(*merged)
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(), 1)
    while True:
        try:
            number, cells = next(rows)
        except StopIteration:
            return
        except BROKEN as error:
            raise build_damage_error() from error
        if cells:
            values = [read_cell(cell, number) for cell in cells[:MAX_COLUMNS]]
            if any(values):
                yield number, values


def build_damage_error() -> SpreadsheetError:
    return build_error(
        _("El archivo está dañado o no es .xlsx. Ábrelo en Excel y guárdalo otra vez como .xlsx.")
    )


def build_size_error() -> SpreadsheetError:
    return build_error(
        _("El archivo crece demasiado al abrirse. Copia solo tus renglones a la plantilla y guárdala.")
    )


def check_size(file: IO[bytes]) -> None:
    """Refuse encrypted workbooks, macros, and decompression bombs by their directory.

    Raises:
        SpreadsheetError: with the reason. ``zipfile`` never unpacks more than the listed size.
    """
    file.seek(0)
    if file.read(len(ENCRYPTED)) == ENCRYPTED:
        raise build_error(
            _("El archivo tiene contraseña o es de una versión vieja de Excel. Guárdalo como .xlsx sin ella.")
        )
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise build_damage_error() from error
    if any(entry.filename.lower() == MACROS for entry in entries):
        raise build_error(_("El libro tiene macros. Guárdalo como .xlsx, que no las lleva."))
    strings = sum(entry.file_size for entry in entries if entry.filename.lower() == STRINGS)
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED or strings > MAX_STRINGS:
        raise build_size_error()
    file.seek(0)


def read_titles(file: IO[bytes]) -> list[str]:
    """Return the titles of the sheets of a workbook.

    Raises:
        SpreadsheetError: for a damaged file.
    """
    check_size(file)
    try:
        workbook = load_workbook(file, read_only=True, keep_links=False)
        return [sheet.title for sheet in workbook.worksheets]
    except BROKEN as error:
        raise build_damage_error() from error


def find_sheet(workbook: Any, title: str = "") -> Any:
    """Return the sheet with a title, or the first one.

    Raises:
        SpreadsheetError: if a sheet is hidden, because its user would not see the content.
    """
    hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        names = ", ".join(f"«{name}»" for name in hidden)
        raise build_error(
            _("El libro tiene hojas ocultas: %(names)s. Muéstralas y bórralas.") % {"names": names}
        )
    if not workbook.worksheets:
        raise build_error(_("El libro no tiene hojas con renglones. Usa la plantilla."))
    return workbook[title] if title else workbook.worksheets[0]


def find_merged(file: IO[bytes], sheet: Any) -> list[RowProblem]:
    """Return problems for the merged cells of a sheet, in which the row of a value is ambiguous.

    Raises:
        SpreadsheetError: for more than ``MAX_CELLS`` cells, because openpyxl reads a whole row at once.
    """
    found: list[bytes] = []
    cells = 0
    # openpyxl does not read merged cells in its read-only mode.
    with zipfile.ZipFile(file) as archive, archive.open(sheet._worksheet_path) as part:
        before = b""
        while chunk := part.read(CHUNK):
            cells += chunk.count(b"<c ") + chunk.count(b"<c/") + chunk.count(b":c ") + chunk.count(b"<c>")
            if cells > MAX_CELLS:
                raise build_size_error()
            text = before + chunk
            found += MERGED.findall(text)
            before = text[-OVERLAP:]
    ranges = list(dict.fromkeys(place.decode() for place in found))[:MOST_MERGED]
    message = _("Las celdas %(range)s están combinadas. Sepáralas y escribe el valor en cada renglón.")
    return [RowProblem(message % {"range": place}, int(re.findall(r"\d+", place)[0])) for place in ranges]


def read_cell(cell: Any, number: int) -> Cell:
    """Return the value of a cell as a date or as text.

    Raises:
        SpreadsheetError: for a formula or a value that Excel could not compute.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise build_error(
            _("%(cell)s es una fórmula. Pega solo su valor.") % {"cell": cell.coordinate}, number
        )
    if cell.data_type == "e":
        message = _("%(cell)s tiene un error de Excel. Corrígelo o déjala vacía.")
        raise build_error(message % {"cell": cell.coordinate}, number)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        # Excel stores 45 % as 0.45.
        return f"{round(Decimal(str(value)) * 100, PERCENT_DECIMALS).normalize():f} %"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


# --- The empty spreadsheet to fill ---------------------------------------------------------------------


TEXT_FORMAT = "@"
"""Format of text cells: without it Excel turns «12/2023» into a date."""
WIDTH = 24
EMPTY_ROWS = 500
DAY_FORMAT = "dd/mm/yyyy"
LONGEST = 32_767
"""Maximum number of characters of a cell in Excel."""


def build_template(title: str, columns: Sequence[SheetColumn]) -> bytes:
    """Return an XLSX file with an empty sheet of text cells, and a sheet that explains the columns."""
    return build_book([Sheet(title, tuple(columns))])


def help_title() -> str:
    """Return the title of the sheet that explains the columns."""
    return _("Cómo se llena")


def build_book(
    sheets: Sequence[Sheet], rows: Mapping[str, Iterable[Mapping[str, Any]]] | None = None
) -> bytes:
    """Return an XLSX file with these sheets, and one that explains their columns.

    ``rows`` are the rows of each sheet by its key, with values by column name; numbers and dates are written
    with their type. A sheet without rows has empty text cells.
    """
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        write_sheet(workbook.create_sheet(sheet.title), sheet.columns, (rows or {}).get(sheet.key, ()))
    write_help(workbook.create_sheet(help_title()), sheets)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def write_sheet(sheet: Any, columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the headings and the rows, followed by empty text cells."""
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, column.heading, is_bold=True) for column in columns])
    for row in rows:
        sheet.append([value_cell(sheet, row.get(column.name)) for column in columns])
    # One cell object for all: creating a cell with its format takes most of the time.
    empty_row = [text_cell(sheet, None)] * len(columns)
    for _row in range(EMPTY_ROWS):
        sheet.append(empty_row)


def write_help(sheet: Any, sheets: Sequence[Sheet]) -> None:
    """Write a row for each column with its help text, example and unit."""
    headings = (_("Columna"), _("¿Es necesaria?"), _("Qué se escribe"), _("Ejemplo"), _("Unidad"), _("Hoja"))
    for number, width in enumerate((WIDTH, WIDTH, WIDTH * 4, WIDTH * 2, WIDTH, WIDTH), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([text_cell(sheet, heading, is_bold=True) for heading in headings])
    for table in sheets:
        for column in table.columns:
            needed = _("Sí") if column.is_required else _("No")
            values = (column.heading, needed, column.help_text, column.example, column.unit, table.title)
            sheet.append([text_cell(sheet, value) for value in values])


def value_cell(sheet: object, value: Any) -> WriteOnlyCell:
    """Return a cell with the type of its value; text is never a formula."""
    if value is None or isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST] if value else None
        cell = text_cell(sheet, text)
        if text:
            cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, datetime.date):
        cell.number_format = DAY_FORMAT
    return cell


def text_cell(sheet: object, value: str | None, *, is_bold: bool = False) -> WriteOnlyCell:
    """Return a cell in the text format, in which Excel does not convert its content."""
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = TEXT_FORMAT
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
