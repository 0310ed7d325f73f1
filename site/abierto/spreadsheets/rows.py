"""Data classes of spreadsheets: expected columns and sheets, rows, and problems by row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from wagtail.coreutils import string_to_ascii

type Cell = str | datetime.date

#: Separates the values of a cell that holds several.
SEPARATOR = ";"
LONGEST_CELL = 50_000


@dataclass(frozen=True)
class SheetColumn:
    """An expected column. Headings are compared without accents, case and punctuation."""

    name: str
    heading: str
    is_required: bool = False
    help_text: str = ""
    example: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        return heading_key(self.heading)


@dataclass(frozen=True)
class Sheet:
    """An expected sheet of a workbook. Titles are compared like headings."""

    title: str
    columns: tuple[SheetColumn, ...]

    @property
    def key(self) -> str:
        return heading_key(self.title)


@dataclass(frozen=True)
class RowProblem:
    """Why a row is refused, and what to do; without ``row`` it is about the whole file.

    ``row`` is the number in the spreadsheet program, from 1; ``column`` is a heading; ``sheet`` is the title
    of a sheet in a workbook with several.
    """

    message: str
    row: int | None = None
    column: str = ""
    sheet: str = ""

    def as_dict(self) -> dict[str, str | int | None]:
        return asdict(self)


@dataclass
class SheetRow:
    """A row with its non-empty cells by column name."""

    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    #: The names of the columns that the table has.
    columns: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Check whether the table has this column: then an empty cell is an empty value."""
        return name in self.columns

    def text(self, name: str) -> str:
        """Return a cell as text, a date in ISO 8601; empty for an empty cell."""
        value = self.cells.get(name, "")
        return value if isinstance(value, str) else value.isoformat()

    def values(self, name: str) -> list[str]:
        """Return the values of a cell, separated by ``SEPARATOR`` or line breaks."""
        parts = (part.strip() for part in self.text(name).replace("\n", SEPARATOR).split(SEPARATOR))
        return [part for part in parts if part]


class SpreadsheetError(Exception):
    """A file that cannot be read or saved, with all its problems."""

    def __init__(self, *problems: RowProblem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)


def build_error(message: str, row: int | None = None, column: str = "") -> SpreadsheetError:
    """Return a ``SpreadsheetError`` with one problem."""
    return SpreadsheetError(RowProblem(message, row, column))


def heading_key(text: str) -> str:
    """Return the key of a heading: its letters and digits in lower case, without accents."""
    return "".join(character for character in string_to_ascii(text).lower() if character.isalnum())


def match_headings(
    headings: Iterable[Cell], columns: Iterable[SheetColumn], row: int
) -> dict[int, SheetColumn]:
    """Return the expected column at each position, from 0.

    Raises:
        SpreadsheetError: for headings that are missing, unknown or repeated.
    """
    known = {column.key: column for column in columns}
    places: dict[int, SheetColumn] = {}
    problems = []
    for place, heading in enumerate(headings):
        text = str(heading).strip()
        column = known.get(heading_key(text))
        if not text:
            continue
        if column is None:
            problems.append(
                RowProblem(_("Esta columna no se conoce. Quítala o corrige su nombre."), row, text)
            )
        elif column in places.values():
            problems.append(RowProblem(_("Esta columna está dos veces. Deja una."), row, text))
        else:
            places[place] = column
    for column in known.values():
        if column.is_required and column not in places.values():
            message = _("Falta esta columna. Copia los encabezados de la plantilla.")
            problems.append(RowProblem(message, row, column.heading))
    if problems:
        raise SpreadsheetError(*problems)
    return places
