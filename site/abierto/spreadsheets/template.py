"""The empty spreadsheet that people download, with its headings, an example and what each column takes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .rows import Column

TEXT_FORMAT = "@"
"""Format of text cells: without it Excel turns «12/2023» into a date."""
WIDTH = 24
EMPTY_ROWS = 500


def build_template(title: str, columns: Sequence[Column]) -> bytes:
    """Return an XLSX file: a sheet to fill, whose cells are text, and one that explains the columns."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, column.heading, is_bold=True) for column in columns])
    for _row in range(EMPTY_ROWS):
        sheet.append([text_cell(sheet, None) for _column in columns])
    help_sheet = workbook.create_sheet(_("Cómo se llena"))
    headings = (_("Columna"), _("¿Es necesaria?"), _("Qué se escribe"), _("Ejemplo"))
    for number, width in enumerate((WIDTH, WIDTH, WIDTH * 4, WIDTH * 2), 1):
        help_sheet.column_dimensions[get_column_letter(number)].width = width
    help_sheet.append([text_cell(help_sheet, heading, is_bold=True) for heading in headings])
    for column in columns:
        needed = _("Sí") if column.is_required else _("No")
        values = (column.heading, needed, column.help_text, column.example)
        help_sheet.append([text_cell(help_sheet, value) for value in values])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def text_cell(sheet: object, value: str | None, *, is_bold: bool = False) -> WriteOnlyCell:
    """Return a cell whose content Excel leaves as it is typed."""
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = TEXT_FORMAT
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
