"""Write Excel workbooks of records: sheets of the data, the dictionary and the metadata.

Rows are streamed to a temporary file, so memory use does not depend on their number.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .fields import Field, FieldKind, Record, cell_value
from .file_metadata import FileMetadata

LONGEST = 32_767
"""Maximum number of characters of a cell in Excel."""
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
WIDTHS = {FieldKind.TEXT: 32, FieldKind.ADDRESS: 40, FieldKind.ROWS: 40, FieldKind.LIST: 32}
NARROW = 14
_SHEET_NAME = re.compile(r"[\\/*?:\[\]]")
DICTIONARY = (
    gettext_lazy("Columna"),
    gettext_lazy("Nombre en JSON"),
    gettext_lazy("Qué significa"),
    gettext_lazy("Unidad"),
    gettext_lazy("Tipo"),
    gettext_lazy("De dónde sale"),
)


def write_xlsx(fields: Sequence[Field], records: Iterable[Record], metadata: FileMetadata) -> IO[bytes]:
    """Return an open temporary file, at its start, with three sheets: data, dictionary, metadata."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_SHEET_NAME.sub(" ", metadata.title)[:31])
    for number, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(field.kind, NARROW)
    sheet.freeze_panes = "A2"
    sheet.append([make_cell(sheet, field.label, is_bold=True) for field in fields])
    for record in records:
        sheet.append([make_cell(sheet, cell_value(field, record[field.name])) for field in fields])
    _write_table(workbook, _("Diccionario"), [tuple(map(str, DICTIONARY)), *map(describe_field, fields)])
    _write_table(workbook, _("Acerca de"), metadata.lines())
    written = TemporaryFile()  # noqa: SIM115 - the response that sends it closes it
    workbook.save(written)
    written.seek(0)
    return written


def describe_field(field: Field) -> tuple[str, ...]:
    """Return the row of a field in the dictionary sheet."""
    meaning = field.meaning or ", ".join(
        f"{item.label}: {item.meaning}" for item in field.items if item.meaning
    )
    return (field.label, field.name, meaning, field.unit, _(field.kind.label), field.source)


def make_cell(sheet: Any, value: Any, *, is_bold: bool = False) -> WriteOnlyCell:
    """Return a cell with the type of its value; text is never a formula."""
    if isinstance(value, bool):
        value = _("Sí") if value else _("No")
    if isinstance(value, datetime.datetime):
        cell = WriteOnlyCell(sheet, timezone.make_naive(value) if timezone.is_aware(value) else value)
        cell.number_format = MOMENT_FORMAT
    elif isinstance(value, datetime.date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = DAY_FORMAT
    elif isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST])
        # openpyxl would write a text that begins with «=» as a formula.
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _write_table(workbook: Workbook, title: str, rows: Iterable[Sequence[str]]) -> None:
    sheet = workbook.create_sheet(title)
    for letter in "ABCDEF":
        sheet.column_dimensions[letter].width = WIDTHS[FieldKind.TEXT]
    for number, row in enumerate(rows):
        sheet.append([make_cell(sheet, value, is_bold=number == 0) for value in row])
