"""Read CSV and text files in the encodings and with the delimiters that Excel writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .rows import LONGEST_CELL, Cell, build_error

BYTE_ORDERS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: Encodings that Excel writes without a mark: Windows, old Macs, and «CSV (MS-DOS)».
ONE_BYTE = ("cp1252", "mac_roman", "cp850")
SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡«»°ºª–—“”")
DELIMITERS = ",;\t|"
SEPARATOR_LINE = "sep="
MAX_CSV = 50 * 1024 * 1024


def read_csv(data: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each row; a cell with line breaks is one row, as in Excel.

    Raises:
        SpreadsheetError: for a file that is no table of text.
    """
    if len(data) > MAX_CSV:
        raise build_error(_("El archivo es demasiado grande. Divídelo en varios."))
    text = decode(data)
    lines, shift = text, 0
    if text[: len(SEPARATOR_LINE)].lower() == SEPARATOR_LINE:
        first, _end, lines = text.partition("\n")
        delimiter, shift = first.strip()[len(SEPARATOR_LINE) :] or ",", 1
    else:
        delimiter = find_delimiter(text)
    # The limit is global in the process, so it is never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL * 4))
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter), 1):
            yield number + shift, list(row)
    except csv.Error as error:
        message = _("No se entiende este renglón: revisa sus comillas, o guarda el archivo como .xlsx.")
        raise build_error(message, number + shift + 1) from error


def decode(data: bytes) -> str:
    """Decode a text; of the one-byte encodings choose the one with most Spanish letters.

    Raises:
        SpreadsheetError: for a file that is no text.
    """
    marked = next((name for mark, name in BYTE_ORDERS.items() if data.startswith(mark)), None)
    if b"\0" in data and (marked or "utf-8").startswith("utf-8"):
        raise build_error(_("El archivo no es una hoja de cálculo. Guárdalo como .xlsx o como CSV."))
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked is not None:
            raise build_error(
                _("El archivo está dañado. Guárdalo otra vez como .xlsx o CSV UTF-8.")
            ) from error
    return max((data.decode(name, errors="replace") for name in ONE_BYTE), key=count_spanish)


def count_spanish(text: str) -> int:
    """Return the number of non-ASCII characters of Spanish minus that of other non-ASCII characters."""
    beyond = [character for character in text if not character.isascii()]
    return sum(1 if character in SPANISH else -1 for character in beyond)


def find_delimiter(text: str) -> str:
    """Return the delimiter with which the first line has most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))
