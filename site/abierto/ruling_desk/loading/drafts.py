"""Convert the rows of the spreadsheet to unsaved pages."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.form_fields.fields import DayField
from abierto.form_fields.texts import complete_address
from abierto.imports.cells import read_choice
from abierto.registry.enums import PriorityGroup
from abierto.registry.models import Institution
from abierto.spreadsheets.attachments import Attachments
from abierto.spreadsheets.rows import RowProblem, SheetColumn, SheetRow, heading_key
from abierto.tenancy.access import own_people
from abierto.tenancy.models import Space
from abierto.text import remove_hidden, split_lines
from pages.rulings.case_numbers import make_case_key
from pages.rulings.enums import Finality, Matter, RulingOutcome
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingGroup, RulingPage
from pages.rulings.parts import PlainVersionPage, PublicVersionPage

from .columns import PLAIN_FIELDS

#: Answers of a column that takes «Sí» or «No», by ``heading_key``.
ANSWERS = {"si": True, "s": True, "x": True, "1": True, "no": False, "n": False, "0": False}
TEXTS = ("title", "proceeding", "decision", "finality_reason")


@dataclass
class RulingDraft:
    """The unsaved pages of a row; it refers to other rulings by their case keys."""

    number: int
    ruling: RulingPage
    case_key: str
    changed_by: str = ""
    cites: list[str] = field(default_factory=list)
    entry: zipfile.ZipInfo | None = None
    public: PublicVersionPage | None = None
    plain: PlainVersionPage | None = None

    @property
    def pages(self) -> list[Any]:
        """Return the ruling and its parts in the order of saving."""
        return [page for page in (self.ruling, self.plain, self.public) if page is not None]


class DraftReader:
    """Reads the rows of one list; invalid cells are added to ``problems``."""

    def __init__(
        self, index: RulingIndexPage, space: Space, columns: Iterable[SheetColumn], files: Attachments
    ) -> None:
        self.index, self.space, self.files = index, space, files
        self.headings = {column.name: column.heading for column in columns}
        self.problems: list[RowProblem] = []

    def refuse(self, row: SheetRow, name: str, message: str) -> None:
        """Add a problem about a cell of a row."""
        self.problems.append(RowProblem(message, row.number, self.headings.get(name, "")))

    def read(self, row: SheetRow) -> RulingDraft:
        """Return the pages of a row; invalid cells become problems and empty values."""
        ruling = RulingPage(
            **{name: remove_hidden(row.text(name)) for name in TEXTS},
            case_number=self.read_case_number(row),
            decided_on=self.read_day(row, "decided_on"),
            matter=self.read_choice(row, "matter", Matter),
            outcome=self.read_choice(row, "outcome", RulingOutcome),
            topics="\n".join(row.values("topics")),
            provisions="\n".join(row.values("provisions")),
            has_gender_perspective=self.read_answer(row, "gender"),
            finality=self.read_choice(row, "finality", Finality) or Finality.UNKNOWN,
            finality_date=self.read_day(row, "finality_date"),
            chamber=self.read_chamber(row),
            original_url=complete_address(row.text("original_url")),
            locale=self.index.locale,
        )
        ruling.intended_parent = self.index
        ruling.groups = [RulingGroup(group=group) for group in self.read_groups(row)]
        return RulingDraft(
            row.number,
            ruling,
            ruling.current_case_key,
            changed_by=self.make_key(row.text("changed_by")),
            cites=[self.make_key(value) for value in row.values("cites")],
            entry=self.find_file(row),
            public=self.read_public_version(row),
            plain=self.read_plain_version(row),
        )

    def make_key(self, case_number: str) -> str:
        """Return the key of a case number of this tribunal."""
        tribunal = self.index.tribunal
        return make_case_key(case_number, tribunal.acronym if tribunal is not None else "")

    def read_case_number(self, row: SheetRow) -> str:
        value = row.cells.get("case_number", "")
        if isinstance(value, datetime.date):
            self.refuse(
                row,
                "case_number",
                _("Excel lo convirtió en fecha. Da formato de texto a la columna y escríbelo otra vez."),
            )
            return ""
        if not value:
            message = _("Falta el expediente. Un renglón con partes o archivo lleva el de su sentencia.")
            self.refuse(row, "case_number", message)
        return value

    def read_day(self, row: SheetRow, name: str) -> datetime.date | None:
        value = row.cells.get(name)
        if value is None or isinstance(value, datetime.date):
            return value
        try:
            day: datetime.date = DayField().clean(value)
        except ValidationError as error:
            self.refuse(row, name, " ".join(error.messages))
            return None
        return day

    def read_choice(self, row: SheetRow, name: str, choices: Any) -> str:
        """Return the choice with this label or value; empty without one."""
        return read_choice(row, name, choices, self.refuse)

    def read_groups(self, row: SheetRow) -> list[str]:
        single = (SheetRow(row.number, {"groups": value}) for value in row.values("groups"))
        found = [self.read_choice(cell, "groups", PriorityGroup) for cell in single]
        return list(dict.fromkeys(filter(None, found)))

    def read_answer(self, row: SheetRow, name: str) -> bool:
        text = heading_key(row.text(name))
        if text and text not in ANSWERS:
            self.refuse(row, name, _("Escribe Sí o No."))
        return ANSWERS.get(text, False)

    @cached_property
    def chambers(self) -> dict[str, Institution]:
        """Return the public institutions by name, common name and acronym."""
        rows = Institution.objects.filter(live=True)
        names = ((name, row) for row in rows for name in (row.name, row.common_name, row.acronym))
        return {heading_key(name): row for name, row in names if name}

    def read_chamber(self, row: SheetRow) -> Institution | None:
        text = row.text("chamber")
        found = self.chambers.get(heading_key(text)) if text else None
        if text and found is None:
            message = _("Esta sala o juzgado no está en el registro. Escríbela como aparece ahí.")
            self.refuse(row, "chamber", message)
        return found

    @cached_property
    def people(self) -> dict[str, User]:
        """Return the active accounts of the tribunal's space by e-mail address and username."""
        people = User.objects.filter(own_people([self.space]), is_active=True).distinct()
        return {name.lower(): user for user in people for name in (user.email, user.get_username()) if name}

    def read_person(self, row: SheetRow, name: str) -> User | None:
        text = row.text(name).lower()
        found = self.people.get(text) if text else None
        if text and found is None:
            self.refuse(row, name, _("Nadie de este espacio tiene ese correo. Revísalo, o déjalo vacío."))
        return found

    def find_file(self, row: SheetRow) -> zipfile.ZipInfo | None:
        name = row.text("file")
        found = self.files.find(name) if name else None
        if name and found is None:
            self.refuse(row, "file", _("«%(name)s» no está entre los archivos.") % {"name": name[:120]})
        return found

    def read_public_version(self, row: SheetRow) -> PublicVersionPage | None:
        """Return the public version of a row; None without a file."""
        people = {name: self.read_person(row, name) for name in ("anonymized_by", "names_reviewed_by")}
        if not row.text("file"):
            if any(people.values()):
                self.refuse(row, "file", _("Dices quién la anonimizó y falta el archivo. Escribe su nombre."))
            return None
        return PublicVersionPage(**people, locale=self.index.locale)

    def read_plain_version(self, row: SheetRow) -> PlainVersionPage | None:
        """Return the plain version of a row, with a paragraph for each line; None without texts."""
        texts = {name: to_html(row.text(name)) for name in PLAIN_FIELDS if row.text(name)}
        return PlainVersionPage(**texts, locale=self.index.locale) if texts else None


def to_html(text: str) -> str:
    """Return a text as HTML paragraphs, one for each line, with HTML characters escaped."""
    return "".join(f"<p>{escape(line)}</p>" for line in split_lines(remove_hidden(text)))
