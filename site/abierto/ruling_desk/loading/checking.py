"""Check every row of a batch as the forms and the gate would, and save nothing."""

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
from abierto.privacy.findings import Level
from abierto.spreadsheets.attachments import Attachments, clean_name, file_key
from abierto.spreadsheets.reading import read_rows
from abierto.spreadsheets.rows import Column, RowProblem, SpreadsheetError
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import PlainVersionPage
from pages.rulings.rules import cycle_error

from .columns import MOST_ROWS, build_columns
from .drafts import DraftReader, RulingDraft

#: Fields that the tree and the saving fill.
TREE_FIELDS = ("path", "depth", "numchild", "slug", "url_path", "content_type", "translation_key")
#: Content path → column, where they differ.
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
    """What a batch holds: drafts, or the problems that stop it; notes stop nothing."""

    drafts: list[RulingDraft] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    #: What was found in each file, by ``file_key``.
    readings: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Rulings of the tribunal that rows name and that are in the portal, by case key.
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
    """Return the drafts of a spreadsheet with all its problems, in the order of the rows.

    ``readings`` are those of an earlier check, so that a file is read once; ``progress`` gets the number of
    rows that are done, and of all.
    """
    columns = build_columns()
    checked = CheckedBatch(readings=dict(readings or {}))
    try:
        rows = read_rows(sheet, name, columns, MOST_ROWS)
    except SpreadsheetError as error:
        checked.problems = error.problems
        return checked
    reader = DraftReader(index, space, columns, files)
    checking = RowChecks(reader, checked, columns, extract)
    for done, row in enumerate(rows):
        progress(done, len(rows))
        checking.check(reader.read(row))
    checking.check_together()
    progress(len(rows), len(rows))
    checked.problems = sorted([*reader.problems, *checked.problems], key=lambda found: found.row or 0)
    return checked


def dump_reading(reading: FileReading) -> dict[str, Any]:
    """Return what was read in a file as JSON values; its text, packed, only where nothing blocks."""
    pages = [] if reading.is_blocked else [(page.number, page.text) for page in reading.pages or ()]
    return {name: getattr(reading, name) for name in READING_FIELDS} | {"text": pack_text(pages)}


def load_reading(values: Mapping[str, Any]) -> FileReading:
    """Return the unsaved reading of these values."""
    reading = FileReading(**{name: values[name] for name in READING_FIELDS})
    reading.pages = parse_pages(unpack_text(values["text"]))
    return reading


def pack_text(pages: list[tuple[int | None, str]]) -> str:
    """Return the text of a file in about a third of its size: a batch holds the texts of all its files."""
    return base64.b64encode(zlib.compress(json.dumps(pages, ensure_ascii=False).encode())).decode()


def unpack_text(packed: str) -> list[tuple[int | None, str]]:
    """Return the pages of a packed text."""
    pages: list[tuple[int | None, str]] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return pages


class RowChecks:
    """The checks of the rows of one spreadsheet."""

    def __init__(
        self, reader: DraftReader, checked: CheckedBatch, columns: Iterable[Column], extract: Extract
    ) -> None:
        self.reader, self.checked, self.extract = reader, checked, extract
        self.headings = {column.name: column.heading for column in columns}
        self.rows_of: dict[str, int] = {}
        #: Returns the official contacts of the tribunal's space.
        self.contacts = contacts_for(reader.index)

    def refuse(self, draft: RulingDraft, path: str, message: str) -> None:
        """Note a problem of the content at a path of a page of the row."""
        self.checked.problems.append(self.describe(draft, path, message))

    def note(self, draft: RulingDraft, path: str, message: str) -> None:
        self.checked.notes.append(self.describe(draft, path, message))

    def describe(self, draft: RulingDraft, path: str, message: str) -> RowProblem:
        name = path.partition(".")[0]
        return RowProblem(message, draft.number, self.headings.get(COLUMN_OF.get(name, name), ""))

    def check(self, draft: RulingDraft) -> None:
        """Check one row by itself."""
        self.checked.drafts.append(draft)
        self.check_repeated(draft)
        self.check_fields(draft)
        for page in draft.pages:
            self.check_private_data(draft, page)
            for path, message in page.publication_errors().items():
                if path != "pages":  # its file comes with the batch
                    self.note(draft, path, message)
        if isinstance(draft.plain, PlainVersionPage) and (reason := draft.plain.approval_reason_needed()):
            self.note(draft, "what_happened", reason)
        if draft.entry is not None:
            self.check_file(draft)

    def check_repeated(self, draft: RulingDraft) -> None:
        """Refuse a case number that another row has, in any of its spellings."""
        first = self.rows_of.setdefault(draft.case_key, draft.number) if draft.case_key else draft.number
        if first != draft.number:
            message = _("El renglón %(row)s ya tiene este expediente. Deja uno de los dos.")
            self.refuse(draft, "case_number", message % {"row": first})

    def check_fields(self, draft: RulingDraft) -> None:
        """Validate the fields as the forms do: the ruling whole, its parts without their place."""
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
            # The place of a part is that of its ruling, which is not saved yet.
            draft.public.intended_parent = self.reader.index
        if draft.plain is not None:
            draft.plain.intended_parent = self.reader.index

    def check_private_data(self, draft: RulingDraft, page: Any) -> None:
        """Refuse what may never be public; count what is to be confirmed later."""
        warnings = 0
        for placed in iter_findings(page, self.contacts):
            if placed.finding.level == Level.BLOCK:
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
        """Refuse a file that is not what its name says, cannot be read, or says what may never be public."""
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
        """Check what rows name: other rulings and files."""
        drafts = self.checked.drafts
        keys = {key for draft in drafts for key in (draft.changed_by, *draft.cites) if key}
        outside = RulingPage.objects.child_of(self.reader.index).filter(case_key__in=keys)
        self.checked.known = {page.case_key: page for page in outside.order_by("-path")}
        changed_by = {draft.case_key: draft.changed_by for draft in drafts if draft.case_key}
        for draft in drafts:
            self.check_named(draft, changed_by)
        self.check_files_together()

    def check_named(self, draft: RulingDraft, changed_by: Mapping[str, str]) -> None:
        """Refuse a ruling that names itself, one that is nowhere, and a circle of changes."""
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
        """Refuse a file that two rows name, and files that no row names."""
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
