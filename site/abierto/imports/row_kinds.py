"""Base of the imports of registry rows: each row becomes a draft of its own, reviewed by its space.

Only spaces of the state may import them, because only the state edits these rows. Each row is sent to the
review of its own space: bundles contain only pages.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from abierto.accounts.models import User
from abierto.approval.review.validation import find_field_problems
from abierto.registry.models.reviewed import ReviewedRow
from abierto.spreadsheets.rows import RowProblem, Sheet, SheetColumn, SheetRow, build_error
from abierto.tenancy.access import scope
from abierto.tenancy.enums import SpaceKind

from .cells import Refuse, read_value
from .kinds import (
    Book,
    CheckedImport,
    ImportKind,
    Progress,
    Target,
    ValueChange,
    Written,
    find_writable_spaces,
    show_value,
)


@dataclass
class RowItem:
    """An unsaved registry row after a row of the file was applied."""

    subject: Any
    row: int
    changes: list[ValueChange] = field(default_factory=list)


class RowKind(ImportKind):
    """Declares how the rows of one registry model are imported."""

    model: ClassVar[type[ReviewedRow]]
    #: The fields that columns of the same name fill.
    value_fields: ClassVar[tuple[str, ...]]
    #: Relations to select with the stored rows.
    related: ClassVar[tuple[str, ...]] = ()
    #: The column that names a row.
    key_column: ClassVar[str]
    most_rows = 2_000

    @abstractmethod
    def build_columns(self) -> tuple[SheetColumn, ...]:
        """Return the columns, in the language of the portal."""

    @abstractmethod
    def read_row(self, subject: Any) -> dict[str, Any]:
        """Return the values of a row of the registry by column."""

    def set_values(self, subject: Any, row: SheetRow, refuse_cell: Refuse) -> None:
        """Set the fields of a registry row from the cells of a row of the file."""
        for name in self.value_fields:
            if row.has(name):
                value = read_value(subject._meta.get_field(name), row, name, refuse_cell)
                setattr(subject, name, value)

    @abstractmethod
    def start_check(self, check: RowCheck) -> RowMatcher:
        """Return the matcher of registry rows for the rows of a file."""

    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return a single sheet, named after the model."""
        title = str(self.model._meta.verbose_name_plural)
        return (Sheet(title[:1].upper() + title[1:], self.build_columns()),)

    def find_targets(self, user: User) -> list[Target]:
        """Return the spaces of the state in which ``user`` may add such rows."""
        policy = policy_registry.get_by_type(self.model)
        if not all(policy.user_has_permission(user, action) for action in ("add", "change")):
            return []
        return [Target(space) for space in find_writable_spaces(user) if space.kind == SpaceKind.STATE]

    def load_rows(self, user: User) -> list[Any]:
        """Return the latest version of each row: one query, and those for foreign keys inside revisions."""
        rows = scope(self.model._default_manager.all(), user)
        rows = rows.select_related("latest_revision", "space", *self.related)
        return [
            row.with_content_json(row.latest_revision.content)
            if row.has_unpublished_changes and row.latest_revision is not None
            else row
            for row in rows
        ]

    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of the latest versions."""
        return {self.build_sheets()[0].key: [self.read_row(row) for row in self.load_rows(user)]}

    def check(self, target: Target, user: User, book: Book, progress: Progress) -> CheckedImport:
        """Check the rows with the rules of the registry's form."""
        sheet = self.build_sheets()[0]
        return RowCheck(self, target, user, sheet).run(book[sheet.key], progress)

    def write(self, checked: CheckedImport, user: User) -> list[Written]:
        """Save each changed row as a draft of ``user``."""
        written = []
        for item in checked.items:
            is_new = item.subject.pk is None
            before = None if is_new else find_version(item.subject, user)
            try:
                item.subject.save_draft(user)
            except ValidationError as error:
                raise build_error(f"{item.subject}: {' '.join(error.messages)}", item.row) from error
            written.append(Written(item.subject, item.row, before, is_new))
        return written


class RowMatcher(ABC):
    """Finds the registry row for a row of the file."""

    @abstractmethod
    def match(self, row: SheetRow) -> Any:
        """Return the registry row, unsaved if it is new; note a problem and return None if there is none."""


class RowCheck:
    """Reads the rows of one file into registry rows, and collects problems and changes."""

    def __init__(self, kind: RowKind, target: Target, user: User, sheet: Sheet) -> None:
        self.kind, self.target, self.user = kind, target, user
        self.rows = kind.load_rows(user)
        self.headings = {column.name: column.heading for column in sheet.columns}
        self.checked = CheckedImport()
        self.in_review = find_rows_in_review(kind.model, self.rows)

    def refuse(self, row: SheetRow, name: str, message: str) -> None:
        self.checked.problems.append(RowProblem(message, row.number, self.headings.get(name, "")))

    def run(self, rows: list[SheetRow], progress: Progress) -> CheckedImport:
        """Fill the matched rows, note what changes, and validate those that do."""
        self.checked.total = len(rows)
        matcher = self.kind.start_check(self)
        seen: dict[int, int] = {}
        for done, row in enumerate(rows):
            progress(done, len(rows))
            subject = matcher.match(row)
            if subject is None:
                continue
            first = seen.setdefault(id(subject), row.number)
            if first != row.number:
                message = _("El renglón %(row)s ya es de esta ficha. Deja uno de los dos.")
                self.refuse(row, self.kind.key_column, message % {"row": first})
                continue
            self.fill(subject, row)
        progress(len(rows), len(rows))
        self.checked.problems.sort(key=lambda problem: problem.row or 0)
        return self.checked

    def fill(self, subject: Any, row: SheetRow) -> None:
        """Apply a row of the file to a registry row, and note the changes."""
        item = RowItem(subject, row.number)
        is_new = subject.pk is None
        before = {} if is_new else self.kind.read_row(subject)
        self.kind.set_values(subject, row, self.refuse)
        # A new row is named by the values that this row sets.
        after = self.kind.read_row(subject)
        for name, heading in self.headings.items():
            if name in after and after[name] != before.get(name) and not (is_new and not after[name]):
                old, new = show_value(before.get(name)), show_value(after[name])
                item.changes.append(ValueChange(row.number, str(subject), heading, old, new))
        if not item.changes:
            return
        if subject.pk is not None and str(subject.pk) in self.in_review:
            self.refuse(row, self.kind.key_column, _("Está en revisión. Espera a que se decida."))
            return
        self.validate(subject, row)
        self.checked.changes += item.changes
        self.checked.items.append(item)

    def validate(self, subject: Any, row: SheetRow) -> None:
        """Validate the fields as the form does."""
        for path, message in find_field_problems(subject):
            name = path if path in self.headings else self.kind.key_column
            self.refuse(row, "" if path == NON_FIELD_ERRORS else name, message)


def find_rows_in_review(model: type[ReviewedRow], rows: Iterable[ReviewedRow]) -> set[str]:
    """Return the keys, as text, of the rows that are in review."""
    found = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        status=WorkflowState.STATUS_IN_PROGRESS,
        object_id__in=[str(row.pk) for row in rows],
    )
    return set(found.values_list("object_id", flat=True))


def find_version(row: Any, user: User) -> int:
    """Return the id of the latest revision of a stored row; create one for a row without revisions."""
    if row.latest_revision_id is None:
        stored = type(row)._default_manager.get(pk=row.pk)
        row.latest_revision = stored.save_revision(user=user, changed=False, clean=False)
    found: int = row.latest_revision_id
    return found
