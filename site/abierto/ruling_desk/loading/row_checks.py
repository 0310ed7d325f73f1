"""Check every row of a batch with the rules of the forms and of publication; save nothing."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abierto.approval.confirmations.files import NOTES, find_reading_problems
from abierto.approval.review.private_data import contacts_for, describe, iter_findings
from abierto.media.document_checks import check_document
from abierto.media.models import FileReading, PortalDocument, ReadingState
from abierto.media.reading import OUTCOME_FIELDS, Extract, hash_path, read_path
from abierto.media.texts import parse_pages
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.findings import FindingLevel
from abierto.spreadsheets.attachments import Attachments, clean_name, file_key
from abierto.spreadsheets.reading import read_rows
from abierto.spreadsheets.rows import RowProblem, SheetColumn, SpreadsheetError
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import PlainVersionPage
from pages.rulings.rules import cycle_error

from .columns import MOST_ROWS, build_columns
from .drafts import DraftReader, RulingDraft

#: Fields that treebeard and ``save`` set, so that they are not validated.
TREE_FIELDS = ("path", "depth", "numchild", "slug", "url_path", "content_type", "translation_key")
#: First step of a content path → column, if their names differ.
COLUMN_OF = {
    "has_gender_perspective": "gender",
    "finality_ruling": "changed_by",
    "citations": "cites",
    "document": "file",
}
READING_FIELDS = ("sha256", *OUTCOME_FIELDS)
OFFICE = frozenset({"pdf", "docx"})

Progress = Callable[[int, int], None]


@dataclass
class CheckedBatch:
    """The drafts of a batch, or the problems that stop it; notes are only shown."""

    drafts: list[RulingDraft] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    #: The reading of each file as JSON values, by ``file_key``.
    readings: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Existing rulings of the tribunal that rows refer to, by case key.
    known: dict[str, RulingPage] = field(default_factory=dict)


def check_batch(
    index: RulingIndexPage,
    space: Space,
    files: Attachments,
    sheet: Any,
    name: str,
    readings: Mapping[str, dict[str, Any]] | None = None,
    progress: Progress = lambda done, total: None,
    extract: Extract = extract_isolated,
) -> CheckedBatch:
    """Return the drafts of a spreadsheet with all problems, sorted by row.

    ``readings`` are those of an earlier check, so that each file is read once. ``progress`` is called with
    the number of checked rows and of all rows.
    """
    columns = build_columns()
    checked = CheckedBatch(readings=dict(readings or {}))
    try:
        rows = read_rows(sheet, name, columns, MOST_ROWS)
    except SpreadsheetError as error:
        checked.problems = error.problems
        return checked
    reader = DraftReader(index, space, columns, files)
    checking = RulingRowChecker(reader, checked, columns, extract)
    for done, row in enumerate(rows):
        progress(done, len(rows))
        checking.check(reader.read(row))
    checking.check_together()
    progress(len(rows), len(rows))
    checked.problems = sorted([*reader.problems, *checked.problems], key=lambda found: found.row or 0)
    return checked


def dump_reading(reading: FileReading) -> dict[str, Any]:
    """Return a reading as JSON values, with its text packed, unless a finding blocks the file."""
    pages = [] if reading.is_blocked else [(page.number, page.text) for page in reading.pages or ()]
    return {name: getattr(reading, name) for name in READING_FIELDS} | {"text": pack_text(pages)}


def load_reading(values: Mapping[str, Any]) -> FileReading:
    """Return the unsaved reading that ``dump_reading`` stored."""
    reading = FileReading(**{name: values[name] for name in READING_FIELDS})
    reading.pages = parse_pages(unpack_text(values["text"]))
    return reading


def pack_text(pages: list[tuple[int | None, str]]) -> str:
    """Compress the text of a file to about a third, because a batch stores the texts of all its files."""
    return base64.b64encode(zlib.compress(json.dumps(pages, ensure_ascii=False).encode())).decode()


def unpack_text(packed: str) -> list[tuple[int | None, str]]:
    """Return the pages that ``pack_text`` compressed."""
    pages: list[tuple[int | None, str]] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return pages


class RulingRowChecker:
    """Checks the drafts of one spreadsheet, each by itself and all together."""

    def __init__(
        self, reader: DraftReader, checked: CheckedBatch, columns: Iterable[SheetColumn], extract: Extract
    ) -> None:
        self.reader, self.checked, self.extract = reader, checked, extract
        self.headings = {column.name: column.heading for column in columns}
        self.rows_of: dict[str, int] = {}
        #: Returns the official contacts of the tribunal's space.
        self.contacts = contacts_for(reader.index)

    def refuse(self, draft: RulingDraft, path: str, message: str) -> None:
        """Add a problem about the content path of a page of the row."""
        self.checked.problems.append(self.describe(draft, path, message))

    def note(self, draft: RulingDraft, path: str, message: str) -> None:
        self.checked.notes.append(self.describe(draft, path, message))

    def describe(self, draft: RulingDraft, path: str, message: str) -> RowProblem:
        name = path.partition(".")[0]
        return RowProblem(message, draft.number, self.headings.get(COLUMN_OF.get(name, name), ""))

    def check(self, draft: RulingDraft) -> None:
        """Check one draft without comparing it with references to other rows."""
        self.checked.drafts.append(draft)
        self.check_repeated(draft)
        self.check_fields(draft)
        for page in draft.pages:
            self.check_private_data(draft, page)
            for path, message in page.publication_errors().items():
                if path != "pages":  # the file is added when the batch is saved
                    self.note(draft, path, message)
        if isinstance(draft.plain, PlainVersionPage) and (reason := draft.plain.approval_reason_needed()):
            self.note(draft, "what_happened", reason)
        if draft.entry is not None:
            self.check_file(draft)

    def check_repeated(self, draft: RulingDraft) -> None:
        """Refuse a case number that another row has, in any spelling."""
        first = self.rows_of.setdefault(draft.case_key, draft.number) if draft.case_key else draft.number
        if first != draft.number:
            message = _("El renglón %(row)s ya tiene este expediente. Deja uno de los dos.")
            self.refuse(draft, "case_number", message % {"row": first})

    def check_fields(self, draft: RulingDraft) -> None:
        """Validate the fields with the rules of the forms; the parts without a parent page."""
        noted = {(found.row, found.column) for found in self.reader.problems}
        for page in draft.pages:
            page.intended_parent = self.reader.index if page is draft.ruling else None
            try:
                page.full_clean(exclude=TREE_FIELDS)
            except ValidationError as error:
                for path, messages in error.message_dict.items():
                    found = self.describe(draft, path, " ".join(messages))
                    if path not in TREE_FIELDS and (found.row, found.column) not in noted:
                        self.checked.problems.append(found)
        draft.ruling.slug = ""  # proposed from the title, which another row may have
        if draft.public is not None:
            # For the other checks; the ruling above the part is not saved yet.
            draft.public.intended_parent = self.reader.index
        if draft.plain is not None:
            draft.plain.intended_parent = self.reader.index

    def check_private_data(self, draft: RulingDraft, page: Any) -> None:
        """Refuse findings of the level ``BLOCK``; note the number of others, which are confirmed later."""
        warnings = 0
        for placed in iter_findings(page, self.contacts):
            if placed.finding.level == FindingLevel.BLOCK:
                self.refuse(draft, placed.path, describe(placed.text, placed.finding))
            else:
                warnings += 1
        if warnings:
            message = ngettext(
                "Al enviarla, alguien confirmará %(number)s posible dato personal.",
                "Al enviarla, alguien confirmará %(number)s posibles datos personales.",
                warnings,
            )
            self.note(draft, "", message % {"number": warnings})

    # --- Files -------------------------------------------------------------------------------------------

    def check_file(self, draft: RulingDraft) -> None:
        """Refuse a file with the wrong format, that cannot be read, or with findings that block."""
        entry = draft.entry
        if entry is None:
            return
        name, key = clean_name(entry), file_key(clean_name(entry))
        if Path(name).suffix.lower().lstrip(".") not in OFFICE:
            self.refuse(draft, "file", _("«%(name)s» no es PDF ni DOCX.") % {"name": name})
            return
        try:
            with self.reader.files.copy(entry) as path:
                with path.open("rb") as content:
                    check_document(File(content, name=name))
                known = self.checked.readings.get(key, {})
                # Batches of earlier releases have readings without a text.
                if known.get("sha256") != hash_path(path) or "text" not in known:
                    reading = read_path(path, self.extract)
                    self.checked.readings[key] = dump_reading(reading)
        except SpreadsheetError as error:
            self.refuse(draft, "file", error.problems[0].message)
            return
        except ValidationError as error:
            self.refuse(draft, "file", f"«{name}»: {' '.join(error.messages)}")
            return
        self.check_reading(draft, name, load_reading(self.checked.readings[key]))

    def check_reading(self, draft: RulingDraft, name: str, reading: FileReading) -> None:
        for sentence in find_reading_problems(PortalDocument(title=name), reading, self.contacts):
            self.refuse(draft, "file", sentence)
        if reading.state == ReadingState.READ:
            for note in reading.notes:
                self.note(draft, "file", f"«{name}»: {NOTES[note]}.")

    # --- Rows together -----------------------------------------------------------------------------------

    def check_together(self) -> None:
        """Check the references of rows to other rulings and to files."""
        drafts = self.checked.drafts
        keys = {key for draft in drafts for key in (draft.changed_by, *draft.cites) if key}
        outside = RulingPage.objects.child_of(self.reader.index).filter(case_key__in=keys)
        self.checked.known = {page.case_key: page for page in outside.order_by("-path")}
        changed_by = {draft.case_key: draft.changed_by for draft in drafts if draft.case_key}
        for draft in drafts:
            self.check_named(draft, changed_by)
        self.check_files_together()

    def check_named(self, draft: RulingDraft, changed_by: Mapping[str, str]) -> None:
        """Refuse references of a ruling to itself or to an unknown one, and cycles of changes."""
        for name, keys in (("changed_by", [draft.changed_by]), ("cites", draft.cites)):
            for key in filter(None, keys):
                if key == draft.case_key:
                    self.refuse(draft, name, _("Es el expediente de este mismo renglón. Escribe otro."))
                elif key not in self.rows_of and key not in self.checked.known:
                    message = _("El expediente %(key)s no está en esta hoja ni en la lista del tribunal.")
                    self.refuse(draft, name, message % {"key": key.replace(".", "/")})
        if draft.changed_by != draft.case_key:
            message = cycle_error(
                draft.case_key, draft.changed_by or None, lambda key: changed_by.get(key) or None
            )
            if message:
                self.refuse(draft, "changed_by", message)

    def check_files_together(self) -> None:
        """Refuse files that two rows use, and files that no row uses."""
        users: dict[str, int] = {}
        for draft in self.checked.drafts:
            if draft.entry is not None:
                first = users.setdefault(file_key(clean_name(draft.entry)), draft.number)
                if first != draft.number:
                    message = _("El renglón %(row)s ya usa este archivo. Cada sentencia lleva el suyo.")
                    self.refuse(draft, "file", message % {"row": first})
        for key, entry in self.reader.files.entries.items():
            if key not in users:
                message = _(
                    "Ningún renglón nombra el archivo «%(name)s». Quítalo del ZIP o escribe su renglón."
                )
                self.checked.problems.append(RowProblem(message % {"name": clean_name(entry)}))
