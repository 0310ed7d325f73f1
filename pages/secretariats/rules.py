"""Rules of the publication of a session; each returns an error text, or an empty one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abierto.registry.enums import SeatRole
from abierto.registry.models import Seat, Secretariat
from pages.core.formatting import full_date

from .inlines import Agreement, Attendance


def find_seated(secretariat: Secretariat, day: datetime.date) -> set[int]:
    """Return the ids of the institutions with a seat on ``day``, without the facilitator."""
    seats = Seat.objects.public().filter(secretariat=secretariat).valid_on(day)
    seats = seats.exclude(role=SeatRole.FACILITATOR).filter(institution__isnull=False)
    return set(seats.values_list("institution", flat=True))


def installation_error(held_on: datetime.date, secretariat: Secretariat) -> str:
    """Return the error of a session before its secretariat was installed."""
    installed_on = secretariat.valid_from
    if installed_on is None or held_on >= installed_on:
        return ""
    return _(
        "El secretariado se instaló el %(day)s: no pudo sesionar antes. "
        "Corrige esta fecha, o la de instalación en el registro."
    ) % {"day": full_date(installed_on)}


def notice_error(notice_on: datetime.date | None, held_on: datetime.date) -> str:
    """Return the error of a notice after its session."""
    if notice_on is None or notice_on <= held_on:
        return ""
    return _("La convocatoria es posterior a la sesión. Corrige una de las dos fechas.")


def attendance_errors(
    rows: Iterable[Attendance], seated: Collection[int]
) -> Iterator[tuple[Attendance, str]]:
    """Yield the rows of institutions without a seat, or listed twice, with their errors.

    Without known seats nothing can be compared.
    """
    seen: set[int] = set()
    for row in rows:
        if row.institution_id in seen:
            yield row, _("Esta institución ya está en la lista. Deja una sola fila por asiento.")
        elif seated and row.institution_id not in seated:
            yield (
                row,
                _("Esta institución no tenía asiento ese día. Quítala, o agrega su asiento en el registro."),
            )
        seen.add(row.institution_id)


def count_error(number: int | None, present: int | None, seats: int) -> str:
    """Return the error of a number of attended seats; ``present`` is the count of the attendance list."""
    if number is None:
        return ""
    if present is not None and number != present:
        return _("La lista por asiento da %(present)s. Corrige la lista o deja este campo vacío.") % {
            "present": present
        }
    return above_seats_error(number, seats)


def above_seats_error(number: int | None, seats: int) -> str:
    """Return the error of a number above the seats of that day; without known seats there is none."""
    if number is None or not seats or number <= seats:
        return ""
    return ngettext(
        "Ese día el registro tiene %(seats)s asiento. Corrige el número, o agrega los asientos que faltan.",
        "Ese día el registro tiene %(seats)s asientos. Corrige el número, o agrega los asientos que faltan.",
        seats,
    ) % {"seats": seats}


def agreement_errors(agreement: Agreement, held_on: datetime.date, today: datetime.date) -> dict[str, str]:
    """Return the errors of the dates of an agreement, by field."""
    errors = {}
    if agreement.due is not None and agreement.due < held_on:
        errors["due"] = _("Vence antes de la sesión que lo acordó. Corrige la fecha.")
    if agreement.done_on is not None and agreement.done_on < held_on:
        errors["done_on"] = _("Se cumplió antes de la sesión que lo acordó. Corrige la fecha.")
    elif agreement.done_on is not None and agreement.done_on > today:
        errors["done_on"] = _("Esta fecha todavía no llega. Déjala vacía hasta que se cumpla.")
    return errors
