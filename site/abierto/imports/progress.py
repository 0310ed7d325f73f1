"""Import the progress of many actions: a row for each action that a space reports on in one plan."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abierto.accounts.models import User
from abierto.approval.review.space_index import build_space_index
from abierto.deadlines.due_reports import find_reported_promises
from abierto.form_fields.fields import DayField
from abierto.spreadsheets.rows import (
    RowProblem,
    Sheet,
    SheetColumn,
    SheetRow,
    SpreadsheetError,
    heading_key,
)
from abierto.tenancy.tree_paths import parent_path
from pages.core.formatting import full_date
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.updates.grid import AFTER, GridCommitment, GridRow, StoredGrid, read_rows
from pages.updates.grid_saving import GridRefused, save_drafts
from pages.updates.models import ProgressUpdatePage

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

#: The columns that are fields of ``GridRowForm``.
VALUES = ("percent", "stage", "note", "evidence_title", "evidence_url")
type Period = tuple[datetime.date, datetime.date]
type PlanCommitment = tuple[CommitmentPage, PlanPage]


def build_columns() -> tuple[SheetColumn, ...]:
    """Return the columns, in the language of the portal."""
    check = _("Sirve para comprobar que la clave y el número son los de esta acción.")
    return (
        SheetColumn("code", _("Compromiso"), True, _("Su clave en el plan."), "3.1"),
        SheetColumn("number", _("Número"), True, _("El de la acción dentro del compromiso."), "2"),
        SheetColumn("title", _("Acción"), False, check, "Publicar el padrón"),
        SheetColumn("last", _("Última cifra"), False, _("La última que es pública. No se lee."), "30 %"),
        SheetColumn("start", _("Desde"), True, _("El primer día que se reporta: día/mes/año."), "01/09/2026"),
        SheetColumn(
            "end", _("Hasta"), True, _("El último día. Las cifras son las de ese día."), "30/11/2026"
        ),
        SheetColumn(
            "percent", _("Porcentaje"), False, _("Entre 0 y 100, o vacío si escribes etapa."), "45", "%"
        ),
        SheetColumn("stage", _("Etapa"), False, _("En vez de un porcentaje."), "En diseño"),
        SheetColumn("note", _("Nota"), False, _("Se muestra junto a la cifra.")),
        SheetColumn("evidence_title", _("Prueba: título"), False, _("De la primera liga que la prueba.")),
        SheetColumn("evidence_url", _("Prueba: dirección"), False, _("La dirección de esa liga.")),
    )


class ProgressImportKind(ImportKind):
    """Import figures of the actions of one plan as drafts of progress updates."""

    name = "avances"
    label = gettext_lazy("Avances de muchas acciones")
    help_text = gettext_lazy(
        "Un renglón por acción de los compromisos que tu espacio reporta: un avance por compromiso."
    )
    most_rows = 6_000

    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return the single sheet of figures."""
        return (Sheet(_("Avances"), build_columns()),)

    def find_targets(self, user: User) -> list[Target]:
        """Return the plans with commitments that a space of ``user`` reports on."""
        index, spaces = build_space_index(user), find_writable_spaces(user)
        found: dict[str, Target] = {}
        for commitment, plan in find_reported_promises(index):
            space = index.of(commitment.path)
            if space is not None and space in spaces:
                target = Target(space, plan)
                found.setdefault(target.key, target)
        return list(found.values())

    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return a row for each action: its last figure and the draft or the proposal of the next update."""
        promises = find_commitments(target, user)
        rows: list[dict[str, Any]] = []
        grid = StoredGrid([commitment for commitment, _plan in promises], user)
        for commitment, plan in promises:
            entry = grid.describe(commitment, plan, None)
            start, end = read_period(entry)
            for row in entry.rows:
                values = {name: read_initial(row, name) for name in VALUES}
                about = {"number": row.action.number, "title": row.action.title, "last": row.action.last}
                rows.append({"code": commitment.code, **about, "start": start, "end": end, **values})
        return {self.build_sheets()[0].key: rows}

    def check(self, target: Target, user: User, book: Book, progress: Progress) -> CheckedImport:
        """Check the rows with the forms of «Mis compromisos». A fixed number of queries."""
        sheet = self.build_sheets()[0]
        return ProgressCheck(find_commitments(target, user), user, sheet).run(book[sheet.key], progress)

    def write(self, checked: CheckedImport, user: User) -> list[Written]:
        """Save the updates as «Mis compromisos» does."""
        items: list[ProgressItem] = checked.items
        before = [item.entry.draft.latest_revision_id if item.entry.draft else None for item in items]
        try:
            updates = save_drafts([item.entry for item in items], user, is_complete=False)
        except GridRefused as error:
            problems = [problem for item in items for problem in item.find_problems()]
            raise SpreadsheetError(*problems) from error
        return [
            Written(update, item.row, version, item.entry.draft is None)
            for update, item, version in zip(updates, items, before, strict=True)
        ]


def find_commitments(target: Target, user: User) -> list[PlanCommitment]:
    """Return the commitments of the plan that the space reports on, in the order of the tree."""
    index = build_space_index(user)
    found = find_reported_promises(index)
    return [
        (commitment, plan)
        for commitment, plan in found
        if plan.pk == target.page_key and index.of(commitment.path) == target.space
    ]


def read_period(entry: GridCommitment) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the period of the draft, or of the next update."""
    if entry.draft is not None:
        return entry.draft.period_start, entry.draft.period_end
    initial = entry.period.initial if entry.period is not None else {}
    return initial.get("period_start"), initial.get("period_end")


def read_initial(row: GridRow, name: str) -> Any:
    """Return what the form of an action shows before anything is typed."""
    return row.form.get_initial_for_field(row.form.fields[name], name)


class ImportGrid(StoredGrid):
    """A grid that offers the public update of the same period for correction, instead of a new one."""

    def __init__(self, commitments: Sequence[CommitmentPage], user: User, periods: dict[int, Period]) -> None:
        super().__init__(commitments, user)
        below = (commitments[0].path, commitments[-1].path + AFTER)
        self.updates: dict[str, list[ProgressUpdatePage]] = defaultdict(list)
        for update in ProgressUpdatePage.objects.filter(path__range=below).order_by("path"):
            self.updates[parent_path(update.path)].append(update)
        self.corrected: dict[str, ProgressUpdatePage] = {}
        for commitment in commitments:
            for update in self.updates[commitment.path]:
                is_public = update.live and not update.has_unpublished_changes
                if is_public and (update.period_start, update.period_end) == periods.get(commitment.pk):
                    self.corrected[commitment.path] = update
        self.rows |= read_rows(self.corrected.values())

    def find_begun_updates(
        self, commitment: CommitmentPage
    ) -> tuple[ProgressUpdatePage | None, ProgressUpdatePage | None]:
        """Return the public update with the period of the file if there is one, else the begun ones."""
        if commitment.path in self.corrected:
            return self.corrected[commitment.path], None
        return super().find_begun_updates(commitment)

    def find_overlap(self, commitment: CommitmentPage, period: Period) -> ProgressUpdatePage | None:
        """Return an update that shares a day with a new one."""
        for update in self.updates[commitment.path]:
            start, end = update.period_start, update.period_end
            if start and end and start <= period[1] and end >= period[0]:
                return update
        return None


@dataclass
class ProgressItem:
    """A commitment with its filled forms; ``row`` is the first one of the file."""

    entry: GridCommitment
    row: int

    def find_problems(self) -> list[RowProblem]:
        """Return the errors of the forms as problems of the first row."""
        messages = [*self.entry.errors]
        for form in self.entry.forms:
            messages += [message for errors in form.errors.values() for message in errors]
        return [RowProblem(f"{self.entry.name}: {message}", self.row) for message in messages]


class ProgressCheck:
    """Reads the rows of one file into the forms of «Mis compromisos», and collects problems and changes."""

    def __init__(self, promises: Sequence[PlanCommitment], user: User, sheet: Sheet) -> None:
        self.user = user
        self.promises = {commitment.code: (commitment, plan) for commitment, plan in promises}
        self.headings = {column.name: column.heading for column in sheet.columns}
        self.checked = CheckedImport()
        self.days: dict[str, datetime.date | None] = {}

    def refuse(self, row: SheetRow, name: str, message: str) -> None:
        self.checked.problems.append(RowProblem(message, row.number, self.headings.get(name, "")))

    def run(self, rows: list[SheetRow], progress: Progress) -> CheckedImport:
        """Check all rows, grouped by commitment."""
        self.checked.total = len(rows)
        groups = self.group_rows(rows)
        periods = {code: period for code in groups if (period := self.read_period(groups[code])) is not None}
        # In the order of the tree.
        chosen = [self.promises[code] for code in self.promises if code in periods]
        if chosen:
            by_key = {commitment.pk: periods[commitment.code] for commitment, _plan in chosen}
            grid = ImportGrid([commitment for commitment, _plan in chosen], self.user, by_key)
            done = 0
            for promise in chosen:
                code = promise[0].code
                progress(done, len(rows))
                self.check_commitment(grid, promise, groups[code], periods[code])
                done += len(groups[code])
        progress(len(rows), len(rows))
        self.checked.problems.sort(key=lambda problem: problem.row or 0)
        return self.checked

    def group_rows(self, rows: list[SheetRow]) -> dict[str, list[SheetRow]]:
        """Group the rows by commitment; one of another space gets the same problem as an unknown one."""
        groups: dict[str, list[SheetRow]] = defaultdict(list)
        for row in rows:
            code = row.text("code")
            if isinstance(row.cells.get("code"), datetime.date):
                message = _(
                    "Excel lo convirtió en fecha. Da formato de texto a la columna y escríbelo otra vez."
                )
                self.refuse(row, "code", message)
            elif not code:
                self.refuse(row, "code", _("Falta la clave del compromiso."))
            elif code not in self.promises:
                message = _("«%(code)s» no está entre los compromisos que tu espacio reporta en este plan.")
                self.refuse(row, "code", message % {"code": code[:40]})
            else:
                groups[code].append(row)
        return groups

    def read_period(self, rows: list[SheetRow]) -> Period | None:
        """Return the period of a commitment, the same in all its rows; None with a problem."""
        found: Period | None = None
        for row in rows:
            start, end = self.read_day(row, "start"), self.read_day(row, "end")
            if start is None or end is None:
                return None
            if end < start:
                self.refuse(row, "end", _("El periodo termina antes de empezar. Corrige una de las fechas."))
                return None
            if found is not None and found != (start, end):
                message = _("El renglón %(row)s del mismo compromiso tiene otro periodo. Escribe el mismo.")
                self.refuse(row, "start", message % {"row": rows[0].number})
                return None
            found = (start, end)
        return found

    def read_day(self, row: SheetRow, name: str) -> datetime.date | None:
        value = row.cells.get(name)
        if isinstance(value, datetime.date):
            return value
        if value is None:
            self.refuse(row, name, _("Falta la fecha. Escríbela como día/mes/año."))
            return None
        if value not in self.days:
            try:
                self.days[value] = DayField().clean(value)
            except ValidationError as error:
                self.refuse(row, name, " ".join(error.messages))
                return None
        return self.days[value]

    def check_commitment(
        self, grid: ImportGrid, promise: PlanCommitment, rows: list[SheetRow], period: Period
    ) -> None:
        """Fill the forms of one commitment with its rows and note what they change."""
        shown = grid.describe(*promise, None)
        if shown.taken is not None:
            message = _("%(label)s. Ábrelo, o espera a que se decida.")
            self.refuse(rows[0], "code", message % {"label": shown.taken_label})
            return
        matched = self.match_rows(shown, rows)
        if self.check_period(grid, shown, rows[0], period):
            data = build_data(shown, matched, period)
            entry = grid.describe(*promise, data)
            self.note_changes(entry, matched, period)

    def match_rows(self, shown: GridCommitment, rows: list[SheetRow]) -> dict[int, SheetRow]:
        """Return the row of each action by its number."""
        actions = {row.action.number: row.action for row in shown.rows}
        matched: dict[int, SheetRow] = {}
        for row in rows:
            text = row.text("number")
            number = int(text) if text.isascii() and text.isdecimal() else None
            if number not in actions:
                message = _("El compromiso %(code)s no tiene la acción «%(number)s».")
                self.refuse(row, "number", message % {"code": shown.commitment.code, "number": text[:20]})
            elif number in matched:
                message = _("El renglón %(row)s ya tiene esta acción. Deja uno de los dos.")
                self.refuse(row, "number", message % {"row": matched[number].number})
            else:
                matched[number] = row
                title = row.text("title")
                if title and heading_key(title) != heading_key(actions[number].title):
                    message = _("La acción %(number)s de %(code)s se llama «%(title)s». Revisa la clave.")
                    about = {"number": number, "code": shown.commitment.code}
                    self.refuse(row, "title", message % {**about, "title": actions[number].title})
        return matched

    def check_period(self, grid: ImportGrid, shown: GridCommitment, row: SheetRow, period: Period) -> bool:
        """Refuse a period that is not the draft's, or that overlaps another update."""
        if shown.draft is not None:
            if (shown.draft.period_start, shown.draft.period_end) == period:
                return True
            message = _("Ya tienes un borrador del %(start)s al %(end)s. Escribe ese periodo, o bórralo.")
            start, end = (full_date(day) if day else "–" for day in read_period(shown))
            self.refuse(row, "start", message % {"start": start, "end": end})
            return False
        other = grid.find_overlap(shown.commitment, period)
        if other is None:
            return True
        message = _("Ya hay un avance del %(start)s al %(end)s. Elige otro periodo.")
        start, end = full_date(other.period_start), full_date(other.period_end)
        self.refuse(row, "start", message % {"start": start, "end": end})
        return False

    def note_changes(self, entry: GridCommitment, matched: dict[int, SheetRow], period: Period) -> None:
        """Note the changed values and the errors of the forms."""
        changes = []
        for grid_row in entry.rows:
            row, form = matched.get(grid_row.action.number), grid_row.form
            if row is None:
                continue
            for name, messages in form.errors.items():
                self.refuse(row, name, " ".join(messages))
            for name in form.changed_data:
                if name in VALUES:
                    old, new = read_initial(grid_row, name), form.cleaned_data.get(name)
                    thing = f"{entry.commitment.code} · {grid_row.action.number}. {grid_row.action.title}"
                    heading = self.headings[name]
                    changes.append(ValueChange(row.number, thing, heading, show_value(old), show_value(new)))
        if not changes:
            return
        first = min(row.number for row in matched.values())
        if entry.draft is None:
            days = f"{show_value(period[0])} – {show_value(period[1])}"
            changes.insert(0, ValueChange(first, entry.name, _("Avance nuevo"), "", days))
        elif entry.draft.live:
            message = _("%(name)s ya tiene público este periodo: el renglón lo corrige.")
            self.checked.notes.append(RowProblem(message % {"name": entry.name}, first))
        self.checked.changes += changes
        self.checked.items.append(ProgressItem(entry, first))


def build_data(shown: GridCommitment, matched: dict[int, SheetRow], period: Period) -> QueryDict:
    """Return the form data of a commitment: cells of its rows, and initial values for all other fields."""
    data = QueryDict(mutable=True)
    data[f"{shown.prefix}-version"] = shown.current_version
    data[f"{shown.prefix}-period_start"], data[f"{shown.prefix}-period_end"] = map(str, period)
    for grid_row in shown.rows:
        row = matched.get(grid_row.action.number)
        for name in grid_row.form.fields:
            before = grid_row.form.get_initial_for_field(grid_row.form.fields[name], name)
            text = "" if before is None else str(before)
            if row is not None and name in VALUES and (row.has(name) or is_replaced(row, name)):
                text = row.text(name)
            data[grid_row.form.add_prefix(name)] = text
    return data


def is_replaced(row: SheetRow, name: str) -> bool:
    """Check whether the row has a stage, which clears a percentage, or a percentage, which clears a stage."""
    other = {"percent": "stage", "stage": "percent"}.get(name)
    return other is not None and bool(row.text(other))
