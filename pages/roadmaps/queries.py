"""Read the documented facts of the secretariat of a municipality from the registry and its sessions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.utils import timezone

from abierto.registry.enums import InstitutionKind
from abierto.registry.models import Institution, ListedStep, Municipality, Seat, Secretariat, StepList
from abierto.tenancy.tree_paths import parent_path_of
from pages.core.translation import source_language_condition
from pages.secretariats.enums import SessionKind
from pages.secretariats.models import SecretariatPage
from pages.secretariats.sessions import SessionPage

from .rules import SeatFact, SecretariatFacts

Oath = tuple[datetime.date | None, Institution | None]


@dataclass(frozen=True)
class PublicSteps:
    """A public list of steps, and its public steps by number."""

    step_list: StepList
    steps: list[ListedStep]


def find_secretariat(municipality: Municipality) -> Secretariat | None:
    """Return the public secretariat of a municipality that was installed last."""
    found: Secretariat | None = (
        Secretariat.objects.public().filter(municipality=municipality).order_by("-valid_from", "name").first()
    )
    return found


def read_secretariat_facts(
    secretariat: Secretariat, oath: Oath, day: datetime.date, *, is_complete: bool
) -> SecretariatFacts:
    """Return the documented facts of a secretariat on ``day``, with two queries.

    Once a secretariat has ended, its seats are those of its last day.
    """
    oath_on, before = oath
    known = before if before is not None and before.live else None
    return SecretariatFacts(
        installed_on=secretariat.valid_from,
        valid_until=secretariat.valid_until,
        seats=read_seats(secretariat, min(day, secretariat.valid_until or day)),
        is_complete=is_complete,
        oath_on=oath_on,
        oath_before=str(known or ""),
        is_guarantor=known is not None and known.kind == InstitutionKind.AUTONOMOUS,
        ordinary_sessions=read_ordinary_sessions([secretariat]),
    )


def read_seats(secretariat: Secretariat, day: datetime.date) -> list[SeatFact]:
    """Return the public seats of a secretariat that are valid on ``day``."""
    seats = Seat.objects.public().filter(secretariat=secretariat).select_related("institution")
    return [
        SeatFact(seat.institution_id, seat.institution.kind if seat.institution else "", seat.role, seat.post)
        for seat in seats
        if seat.is_valid_on(day)
    ]


def read_ordinary_sessions(secretariats: Iterable[Secretariat]) -> list[datetime.date]:
    """Return the days of the public ordinary sessions of these secretariats."""
    pages = SecretariatPage.objects.public().filter(source_language_condition(), secretariat__in=secretariats)
    sessions = SessionPage.objects.public().annotate(above=parent_path_of())
    sessions = sessions.filter(
        above__in=pages.values("path"), kind=SessionKind.ORDINARY, starts_at__isnull=False
    )
    return sorted(timezone.localdate(start) for start in sessions.values_list("starts_at", flat=True))


def find_current_list(day: datetime.date) -> StepList | None:
    """Return the public list valid on ``day`` that began last; an undated one only if there is no other."""
    lists = StepList.objects.public().valid_on(day).order_by("-valid_from", "-pk")
    found: StepList | None = lists.filter(valid_from__isnull=False).first() or lists.first()
    return found


def read_step_lists() -> list[PublicSteps]:
    """Return the public lists that have public steps, the last to begin first, with one query."""
    steps = ListedStep.objects.public().filter(step_list__in=StepList.objects.public())
    begun_last = F("step_list__valid_from").desc(nulls_last=True)
    rows = steps.select_related("step_list").order_by(begun_last, "step_list__name", "number", "pk")
    return [PublicSteps(one, list(found)) for one, found in groupby(rows, key=lambda row: row.step_list)]
