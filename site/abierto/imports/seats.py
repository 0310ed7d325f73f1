"""Import seats of the technical secretariats: a row for each person, role and period."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abierto.registry.enums import SeatRole
from abierto.registry.models import Institution, Person, Seat, Secretariat
from abierto.spreadsheets.rows import SheetColumn, SheetRow, heading_key
from abierto.tenancy.access import scope

from .cells import describe_choices, describe_fields, read_choice, read_code, read_value
from .registry_names import RegistryNames
from .row_kinds import RowCheck, RowKind, RowMatcher

#: The key of a seat without its first day: secretariat, person, institution and role.
type Place = tuple[int, int, int | None, str]


class SeatImportKind(RowKind):
    """Import seats by secretariat, person, institution and role; seats that are not in the file stay."""

    name = "asientos"
    label = gettext_lazy("Asientos de los secretariados")
    help_text = gettext_lazy(
        "Un renglón por persona y periodo. El secretariado, la persona y la institución son del registro."
    )
    model = Seat
    value_fields = ("post", "valid_from", "valid_until", "order")
    related = ("secretariat", "institution", "person")
    key_column = "person"

    def build_columns(self) -> tuple[SheetColumn, ...]:
        """Return the columns, in the language of the portal."""
        return (
            SheetColumn("secretariat", _("Secretariado"), True, _("Su nombre en el registro.")),
            SheetColumn("person", _("Persona"), True, _("Su nombre en el registro.")),
            SheetColumn("institution", _("Institución"), False, _("Su nombre o sus siglas en el registro.")),
            SheetColumn("role", _("Papel"), True, describe_choices(SeatRole), str(SeatRole.HOLDER.label)),
            *describe_fields(Seat, self.value_fields),
        )

    def read_row(self, subject: Seat) -> dict[str, Any]:
        """Return the seat with the names of what it refers to."""
        return {
            "secretariat": subject.secretariat.name,
            "person": subject.person.name,
            "institution": subject.institution.name if subject.institution is not None else "",
            "role": subject.get_role_display(),
            **{name: getattr(subject, name) for name in self.value_fields},
        }

    def start_check(self, check: RowCheck) -> RowMatcher:
        """Return the matcher by secretariat, person, institution, role and first day."""
        return SeatMatcher(check)


class SeatMatcher(RowMatcher):
    """Finds the seat with the key of the row: first by its first day, else a seat without a first day.

    Another day is another seat. A row without a day is about the only seat at its place.
    """

    def __init__(self, check: RowCheck) -> None:
        self.check = check
        self.names = RegistryNames()
        self.secretariats: dict[str, Secretariat] = {}
        for secretariat in scope(Secretariat.objects.all(), check.user):
            self.secretariats[heading_key(secretariat.name)] = secretariat
        self.seats: dict[Place, list[Seat]] = defaultdict(list)
        for seat in check.rows:
            self.seats[place_of(seat)].append(seat)

    def match(self, row: SheetRow) -> Seat | None:
        """Return the seat of a row, a new one if there is none at its place."""
        refuse = self.check.refuse
        secretariat = self.find_secretariat(row)
        person = self.find_person(row)
        institution = self.names.find_institution(row.text("institution"))
        if row.text("institution") and institution is None:
            message = _("Esta institución no está en el registro, o hay dos. Escríbela como aparece ahí.")
            refuse(row, "institution", message)
        role = read_choice(row, "role", SeatRole, refuse)
        if not row.text("role"):
            refuse(row, "role", _("Falta el papel. %(choices)s") % {"choices": describe_choices(SeatRole)})
        if secretariat is None or person is None or not role:
            return None
        if row.text("institution") and institution is None:
            return None
        return self.find_seat(row, secretariat, person, institution, role)

    def find_seat(
        self,
        row: SheetRow,
        secretariat: Secretariat,
        person: Person,
        institution: Institution | None,
        role: str,
    ) -> Seat | None:
        new = Seat(secretariat=secretariat, person=person, institution=institution, role=role)
        new.space = secretariat.space
        known = self.seats[place_of(new)]
        problems = len(self.check.checked.problems)
        day = read_value(Seat._meta.get_field("valid_from"), row, "valid_from", self.check.refuse)
        if len(self.check.checked.problems) > problems:
            return None
        found = [seat for seat in known if seat.valid_from == day] or [
            seat for seat in known if seat.valid_from is None or (day is None and len(known) == 1)
        ]
        if found:
            return found[0]
        if day is None and known:
            message = _("Esta persona tiene ahí varios asientos. Escribe en «Desde» el día de uno de ellos.")
            self.check.refuse(row, "valid_from", message)
            return None
        known.append(new)
        return new

    def find_secretariat(self, row: SheetRow) -> Secretariat | None:
        text = read_code(row, "secretariat", self.check.refuse)
        found = self.secretariats.get(heading_key(text)) if text else None
        if text and found is None:
            message = _("Este secretariado no está en el registro. Escríbelo como aparece ahí.")
            self.check.refuse(row, "secretariat", message)
        return found

    def find_person(self, row: SheetRow) -> Person | None:
        text = read_code(row, "person", self.check.refuse)
        found = self.names.find_person(text) if text else None
        if text and found is None:
            message = _("Esta persona no está en el registro, o hay dos. Escríbela como aparece ahí.")
            self.check.refuse(row, "person", message)
        return found


def place_of(seat: Seat) -> Place:
    return (seat.secretariat_id, seat.person_id, seat.institution_id, seat.role)
