"""Base of the import kinds: a kind declares its sheets, checks their rows and saves them as drafts."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.registry.models.reviewed import ReviewedRow
from abierto.spreadsheets.rows import RowProblem, Sheet, SheetRow
from abierto.tenancy.access import spaces_of, suspended_spaces
from abierto.tenancy.models import Space

type Progress = Callable[[int, int], None]
type Book = Mapping[str, list[SheetRow]]

LONGEST_SHOWN = 300
"""Characters of a value in the list of changes."""


@dataclass(frozen=True)
class Target:
    """Where a file is imported: a page of a space, or the whole space."""

    space: Space
    page: Page | None = None

    @property
    def page_key(self) -> int:
        """Return the id of the page; 0 for the whole space."""
        return self.page.pk if self.page is not None else 0

    @property
    def key(self) -> str:
        return f"{self.space.pk}-{self.page_key}"

    @property
    def title(self) -> str:
        if self.page is None:
            return self.space.name
        return f"{self.page.get_admin_display_title()} · {self.space.name}"


@dataclass(frozen=True)
class ValueChange:
    """A value that a row changes; ``old`` is empty for a new one."""

    row: int
    thing: str
    column: str
    old: str
    new: str
    sheet: str = ""

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass
class CheckedImport:
    """The result of checking a file: drafts to save, or problems, any of which stops the whole file."""

    #: Unsaved objects for ``ImportKind.write``; each kind has a class of its own.
    items: list[Any] = field(default_factory=list)
    changes: list[ValueChange] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Written:
    """A page or registry row that was saved as a draft; ``before`` is the id of its earlier revision."""

    subject: Page | ReviewedRow
    row: int
    before: int | None
    is_new: bool


@dataclass(frozen=True)
class ImportLink:
    """A link to an importer with views of its own, returned by the hook ``register_import_links``."""

    label: str | Promise
    help_text: str | Promise
    url: str | Promise


class ImportKind(ABC):
    """Declares one kind of file: which targets a user has, how its rows are checked and saved."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    help_text: ClassVar[str | Promise]
    most_rows: ClassVar[int]

    @abstractmethod
    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets with their columns, in the language of the portal."""

    @abstractmethod
    def find_targets(self, user: User) -> list[Target]:
        """Return where ``user`` may import, within the spaces of ``find_writable_spaces``."""

    @abstractmethod
    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return the present content as rows, by the key of the sheet."""

    @abstractmethod
    def check(self, target: Target, user: User, book: Book, progress: Progress) -> CheckedImport:
        """Check all rows with the rules of the forms; save nothing."""

    @abstractmethod
    def write(self, checked: CheckedImport, user: User) -> list[Written]:
        """Save the drafts of a check without problems; the caller opens the transaction.

        Raises:
            SpreadsheetError: naming the row that cannot be saved.
        """


def find_writable_spaces(user: User) -> list[Space]:
    """Return the spaces that ``user`` edits or administers and that are not suspended."""
    groups = set(user.groups.values_list("pk", flat=True))
    suspended = {space.pk for space in suspended_spaces(user)}
    return [
        space
        for space in spaces_of(user)
        if groups & {space.editors_id, space.administrators_id} and space.pk not in suspended
    ]


def show_value(value: Any) -> str:
    """Format a value for the list of changes."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return date_format(value, "d/m/Y")
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
