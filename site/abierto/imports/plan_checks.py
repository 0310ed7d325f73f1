"""Check the workbook of a plan: its rows become unsaved versions of axes and commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.guard.permissions import find_settled_pages
from abierto.registry.models import SDGTarget
from abierto.registry.sdg import normalise_code
from abierto.spreadsheets.rows import RowProblem, Sheet, SheetRow
from abierto.tenancy.tree_paths import parent_path
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from pages.plans.outline_saving import MAX_NUMBER, find_refusal

from .cells import read_choice, read_code, read_value
from .kinds import Book, CheckedImport, Progress, ValueChange, show_value
from .plan_columns import (
    ACTION_FIELDS,
    AXIS_FIELDS,
    COMMITMENT_FIELDS,
    PARTY_FIELDS,
    set_means,
    write_means,
)
from .registry_names import RegistryNames

#: Fields that treebeard and ``save`` set, so that they are not validated.
TREE_FIELDS = ("path", "depth", "numchild", "slug", "url_path", "content_type", "translation_key", "locale")
ROW_FIELDS = ("page", "translation_key", "locale")


@dataclass
class PlanItem:
    """An axis or a commitment with its rows of the file; ``row`` is the number of the first one."""

    page: Any
    parent: Any
    sheet: str
    row: int
    changes: list[ValueChange] = field(default_factory=list)
    #: Row and sheet of each action by its number.
    action_rows: dict[int, SheetRow] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.page.code} {self.page.title}"


class PlanCheck:
    """Reads the sheets of one workbook into the pages of a plan, and collects problems and changes."""

    def __init__(
        self, plan: PlanPage, user: User, pages: Iterable[AxisPage | CommitmentPage], sheets: dict[str, Sheet]
    ) -> None:
        self.plan, self.user, self.sheets = plan, user, sheets
        self.checked = CheckedImport()
        self.axes: dict[str, PlanItem] = {}
        self.commitments: dict[str, PlanItem] = {}
        self.settled = set(find_settled_pages(plan).values_list("path", flat=True))
        by_path: dict[str, AxisPage] = {}
        for page in pages:
            if isinstance(page, AxisPage):
                by_path[page.path] = page
                self.axes[page.code] = PlanItem(page, plan, "axes", 0)
            else:
                axis = by_path.get(parent_path(page.path))
                self.commitments[page.code] = PlanItem(page, axis, "commitments", 0)
        self.refused: dict[int, str] = {}

    def refuse(self, sheet: str, row: SheetRow, name: str, message: str) -> None:
        headings = {column.name: column.heading for column in self.sheets[sheet].columns}
        problem = RowProblem(message, row.number, headings.get(name, ""), self.sheets[sheet].title)
        if problem not in self.checked.problems:
            self.checked.problems.append(problem)

    def run(self, book: Book, progress: Progress) -> CheckedImport:
        """Read the sheets in their order, then validate what changed."""
        rows = {name: book.get(sheet.key, []) for name, sheet in self.sheets.items()}
        self.checked.total = total = sum(len(found) for found in rows.values())
        self.read_axes(rows["axes"])
        self.read_commitments(rows["commitments"])
        self.read_actions(rows["actions"])
        self.read_parties(rows["parties"])
        self.read_targets(rows["targets"])
        items = [item for item in (*self.axes.values(), *self.commitments.values()) if item.changes]
        for done, item in enumerate(items):
            progress(min(done, total), total)
            self.validate(item)
            self.checked.changes += item.changes
        self.checked.items = items
        progress(total, total)
        order = list(self.sheets)
        titles = {sheet.title: order.index(name) for name, sheet in self.sheets.items()}
        self.checked.problems.sort(key=lambda found: (titles.get(found.sheet, 0), found.row or 0))
        return self.checked

    # --- Axes and commitments ----------------------------------------------------------------------------

    def read_axes(self, rows: list[SheetRow]) -> None:
        seen: dict[str, int] = {}
        for row in rows:
            code = self.read_own_code("axes", row, seen)
            if not code:
                continue
            if code not in self.axes:
                page = AxisPage(code=code, locale=self.plan.locale)
                page.intended_parent = self.plan
                self.axes[code] = PlanItem(page, self.plan, "axes", row.number)
            self.fill(self.axes[code], row, "axes", AXIS_FIELDS)

    def read_commitments(self, rows: list[SheetRow]) -> None:
        seen: dict[str, int] = {}
        for row in rows:
            code = self.read_own_code("commitments", row, seen)
            axis_code = read_code(row, "axis", self.on_error("commitments"))
            if not code or not axis_code:
                continue
            axis = self.axes.get(axis_code)
            if axis is None:
                message = _("El eje «%(code)s» no está en el plan ni en la hoja «%(sheet)s».")
                about = {"code": axis_code[:20], "sheet": self.sheets["axes"].title}
                self.refuse("commitments", row, "axis", message % about)
                continue
            item = self.commitments.get(code)
            if item is None:
                page = CommitmentPage(code=code, locale=self.plan.locale)
                page.intended_parent = axis.page if axis.page.pk is not None else None
                item = self.commitments[code] = PlanItem(page, axis.page, "commitments", row.number)
            elif item.parent is not axis.page:
                message = _("El compromiso está en otro eje del plan. Muévelo en el esquema del plan.")
                self.refuse("commitments", row, "axis", message)
                continue
            self.fill(item, row, "commitments", COMMITMENT_FIELDS)

    def read_own_code(self, sheet: str, row: SheetRow, seen: dict[str, int]) -> str:
        """Return the code of a row; empty with a problem, also when another row has it."""
        code = read_code(row, "code", self.on_error(sheet))
        if code and seen.setdefault(code, row.number) != row.number:
            message = _("El renglón %(row)s ya tiene esta clave. Deja uno de los dos.")
            self.refuse(sheet, row, "code", message % {"row": seen[code]})
            return ""
        return code

    def on_error(self, sheet: str) -> Any:
        return lambda row, name, message: self.refuse(sheet, row, name, message)

    def fill(self, item: PlanItem, row: SheetRow, sheet: str, names: Iterable[str]) -> None:
        """Set the fields of a page from the cells of a row, and note the changes."""
        for name in names:
            if not row.has(name):
                continue
            old = getattr(item.page, name)
            new = read_value(type(item.page)._meta.get_field(name), row, name, self.on_error(sheet))
            if new != old:
                setattr(item.page, name, new)
                self.note(item, sheet, row, name, item.page.code, "" if item.page.pk is None else old, new)

    def note(
        self, item: PlanItem, sheet: str, row: SheetRow, name: str, thing: str, old: Any, new: Any
    ) -> None:
        """Note a change, unless the page may not be changed here."""
        reason = self.find_refusal(item.page)
        if reason:
            message = _("No la puedes cambiar aquí. %(reason)s")
            place = "commitment" if sheet != item.sheet else "code"
            self.refuse(sheet, row, place, message % {"reason": reason})
            return
        heading = next(column.heading for column in self.sheets[sheet].columns if column.name == name)
        title = self.sheets[sheet].title
        item.row = item.row or row.number
        item.changes.append(ValueChange(row.number, thing, heading, show_value(old), show_value(new), title))

    def find_refusal(self, page: Any) -> str:
        """Return why the user may not change a page; empty if the change is allowed or the page is new."""
        if page.pk is None:
            return ""
        if page.pk not in self.refused:
            is_settled = page.path in self.settled
            self.refused[page.pk] = find_refusal(page, self.user, is_settled=is_settled)
        return self.refused[page.pk]

    # --- Rows of commitments -----------------------------------------------------------------------------

    def find_commitment(self, sheet: str, row: SheetRow) -> PlanItem | None:
        code = read_code(row, "commitment", self.on_error(sheet))
        if code and code not in self.commitments:
            message = _("El compromiso «%(code)s» no está en el plan ni en la hoja «%(sheet)s».")
            about = {"code": code[:20], "sheet": self.sheets["commitments"].title}
            self.refuse(sheet, row, "commitment", message % about)
        return self.commitments.get(code)

    def read_actions(self, rows: list[SheetRow]) -> None:
        actions: dict[str, dict[int, CommitmentAction]] = {}
        for row in rows:
            item = self.find_commitment("actions", row)
            text = read_code(row, "number", self.on_error("actions"))
            if item is None or not text:
                continue
            if not (text.isascii() and text.isdecimal() and 0 < int(text) <= MAX_NUMBER):
                self.refuse("actions", row, "number", _("Escribe el número de la acción, por ejemplo 2."))
                continue
            number = int(text)
            if number in item.action_rows:
                message = _("El renglón %(row)s ya tiene esta acción. Deja uno de los dos.")
                first = item.action_rows[number].number
                self.refuse("actions", row, "number", message % {"row": first})
                continue
            item.action_rows[number] = row
            code = item.page.code
            if code not in actions:
                actions[code] = {action.number: action for action in item.page.actions.all()}
            self.fill_action(item, actions[code], number, row)
        for code, found in actions.items():
            if self.commitments[code].changes:
                ordered = list(found.values())
                for order, action in enumerate(ordered):
                    action.sort_order = order
                self.commitments[code].page.actions = ordered

    def fill_action(
        self, item: PlanItem, actions: dict[int, CommitmentAction], number: int, row: SheetRow
    ) -> None:
        is_new = number not in actions
        action = actions.setdefault(number, CommitmentAction(number=number, locale=self.plan.locale))
        thing = f"{item.page.code} · {number}"
        for name in ACTION_FIELDS:
            if row.has(name):
                old = getattr(action, name)
                new = read_value(CommitmentAction._meta.get_field(name), row, name, self.on_error("actions"))
                if new != old or (is_new and name == "title"):
                    setattr(action, name, new)
                    self.note(item, "actions", row, name, thing, "" if is_new else old, new)
        if row.has("means"):
            old, texts = write_means(action), row.values("means")
            set_means(action, texts)
            if write_means(action) != old:
                self.note(item, "actions", row, "means", thing, old, write_means(action))

    def read_parties(self, rows: list[SheetRow]) -> None:
        found: dict[str, list[CommitmentParty]] = defaultdict(list)
        first: dict[str, SheetRow] = {}
        registry = RegistryNames() if rows else None
        for row in rows:
            item = self.find_commitment("parties", row)
            if item is None or registry is None:
                continue
            party = self.read_party(item, row, registry)
            first.setdefault(item.page.code, row)
            if party is not None:
                found[item.page.code].append(party)
        for code, row in first.items():
            item = self.commitments[code]
            old = "; ".join(name_party(party) for party in item.page.parties.all())
            for order, party in enumerate(found[code]):
                party.sort_order = order
            new = "; ".join(name_party(party) for party in found[code])
            if old != new:
                item.page.parties = found[code]
                self.note(item, "parties", row, "institution", code, old, new)

    def read_party(self, item: PlanItem, row: SheetRow, registry: RegistryNames) -> CommitmentParty | None:
        """Return the unsaved party of a row, with the keys of the stored party that it replaces."""
        role = read_choice(row, "role", PartyRole, self.on_error("parties"))
        if not row.text("role"):
            role = PartyRole.RESPONSIBLE
        institution = registry.find_institution(row.text("institution"))
        if institution is None:
            message = _("Esta institución no está en el registro, o hay dos. Escríbela como aparece ahí.")
            self.refuse("parties", row, "institution", message)
        person = registry.find_person(row.text("person")) if row.text("person") else None
        if row.text("person") and person is None:
            message = _("Esta persona no está en el registro, o hay dos. Escríbela como aparece ahí.")
            self.refuse("parties", row, "person", message)
        values = {
            name: read_value(CommitmentParty._meta.get_field(name), row, name, self.on_error("parties"))
            for name in PARTY_FIELDS
        }
        if not role or institution is None:
            return None
        party = CommitmentParty(
            role=role, institution=institution, person=person, locale=self.plan.locale, **values
        )
        for known in item.page.parties.all():
            if (known.role, known.institution_id, known.person_id) == (
                role, institution.pk, person.pk if person is not None else None
            ):  # fmt: skip
                party.pk, party.translation_key = known.pk, known.translation_key
        try:
            party.full_clean(exclude=ROW_FIELDS, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.refuse("parties", row, name, " ".join(messages))
        return party

    def read_targets(self, rows: list[SheetRow]) -> None:
        """Read the SDG targets; a code that is not in the official list is a problem."""
        found: dict[str, list[str]] = defaultdict(list)
        first: dict[str, SheetRow] = {}
        known = {target.code: target for target in SDGTarget.objects.all()} if rows else {}
        for row in rows:
            item, text = self.find_commitment("targets", row), row.text("target")
            code = normalise_code(text)
            if code is None or code not in known:
                message = _("«%(code)s» no está en la lista de metas de los ODS. Escríbela como en la lista.")
                self.refuse("targets", row, "target", message % {"code": text[:20]})
            elif item is not None:
                first.setdefault(item.page.code, row)
                if code != text:
                    note = _("«%(text)s» se lee como la meta %(code)s.") % {"text": text[:20], "code": code}
                    sheet = self.sheets["targets"]
                    self.checked.notes.append(
                        RowProblem(note, row.number, sheet.columns[1].heading, sheet.title)
                    )
                if code not in found[item.page.code]:
                    found[item.page.code].append(code)
        for commitment, row in first.items():
            item = self.commitments[commitment]
            old = {target.code for target in item.page.sdg_targets.all()} if item.page.pk else set()
            if old != set(found[commitment]):
                item.page.sdg_targets = [known[code] for code in found[commitment]]
                old_text, new_text = "; ".join(sorted(old)), "; ".join(found[commitment])
                self.note(item, "targets", row, "target", commitment, old_text, new_text)

    # --- Validation --------------------------------------------------------------------------------------

    def validate(self, item: PlanItem) -> None:
        """Validate a changed page and its actions as their forms do."""
        row = SheetRow(item.row)
        try:
            item.page.full_clean(exclude=TREE_FIELDS)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name not in TREE_FIELDS:
                    self.refuse(item.sheet, row, name, " ".join(messages))
        if item.page.pk is None:
            item.page.slug = ""  # proposed from the title, which another row may have
        for action in item.page.actions.all() if item.action_rows else ():
            if action.number in item.action_rows:
                try:
                    action.full_clean(exclude=ROW_FIELDS, validate_unique=False, validate_constraints=False)
                except ValidationError as error:
                    for name, messages in error.message_dict.items():
                        self.refuse("actions", item.action_rows[action.number], name, " ".join(messages))


def name_party(party: CommitmentParty) -> str:
    """Return the role, names, post and dates of a party as one text."""
    about = [party.get_role_display(), party.institution.name]
    about += [part for part in (party.person.name if party.person is not None else "", party.post) if part]
    days = [show_value(party.valid_from), show_value(party.valid_until)]
    return ", ".join(about) + (f" ({' – '.join(days)})" if any(days) else "")
