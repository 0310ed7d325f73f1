"""The contexts of the pages of secretariats and sessions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.addresses import page_url
from abierto.registry.enums import SeatRole
from abierto.registry.models import Institution, Seat, Secretariat
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import parent_path
from pages.charts.badges import Badge
from pages.core.frame import extend_frame
from pages.core.structured_data import describe_event

from .enums import AgreementState, Attended
from .inlines import Agreement, Attendance
from .models import SecretariatPage
from .queries import read_carried_over
from .sessions import ACT_SLUG, SessionPage

#: The filter of the list of agreements that names a secretariat.
OF_SECRETARIAT = "secretariado"
BADGES = {AgreementState.OPEN: "reported", AgreementState.LATE: "low", AgreementState.DONE: "done"}


def build_secretariat_context(page: SecretariatPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a secretariat: present seats, former seats, sessions, agreements by state."""
    today = timezone.localdate()
    seats = read_seats(page.secretariat)
    secretariat = page.public_secretariat
    ended_on = secretariat.valid_until if secretariat is not None else None
    # The members of a secretariat that has ended are those of its last day.
    day = min(today, ended_on) if ended_on else today
    current = [seat for seat in seats if seat.is_valid_on(day)]
    sessions = list(SessionPage.objects.public().child_of(page).order_by("-starts_at", "path"))
    listed = [(session, session.get_url(request), session_calendar_url(session)) for session in sessions]
    now = timezone.now()
    return {
        "secretariat": secretariat,
        "dated": any(seat.valid_from or seat.valid_until for seat in seats),
        "ended_on": ended_on if ended_on and ended_on < today else None,
        "seats": [seat for seat in current if seat.role != SeatRole.FACILITATOR],
        "facilitators": [seat for seat in current if seat.role == SeatRole.FACILITATOR],
        "former_seats": [seat for seat in seats if seat not in current],
        "coming": [entry for entry in reversed(listed) if entry[0].starts_at and entry[0].starts_at > now],
        "past": [entry for entry in listed if not entry[0].starts_at or entry[0].starts_at <= now],
        "agreement_counts": count_states(sessions, today),
        "agreements_url": f"{reverse('pages:agreements')}?{OF_SECRETARIAT}={find_source_id(page)}",
    }


def read_seats(secretariat: Secretariat | None) -> list[Seat]:
    """Return the public seats of a secretariat in their order, of all periods."""
    seats = Seat.objects.public().filter(secretariat=secretariat).select_related("institution", "person")
    return list(seats.order_by("order", "pk"))


def find_source_id(page: SecretariatPage) -> int:
    """Return the id of a secretariat in the filter of agreements: that of its source page."""
    source = SecretariatPage.objects.public().source_language().filter(translation_key=page.translation_key)
    found: int | None = source.values_list("pk", flat=True).first()
    return found or page.pk


def count_states(sessions: Iterable[SessionPage], day: datetime.date) -> list[tuple[AgreementState, int]]:
    """Return how many agreements of the sessions are in each state on ``day``; empty without agreements."""
    counts = Counter(row.find_state(day) for row in Agreement.objects.filter(page__in=sessions))
    return [(state, counts[state]) for state in AgreementState] if counts else []


# --- One session ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListedAgreement:
    """An agreement with its present state and the address of its session."""

    row: Agreement
    state: AgreementState
    session_url: str = ""

    @property
    def badge(self) -> Badge:
        """Return the badge of the state: a shape and its name."""
        return Badge(BADGES[self.state], str(self.state.label))


@dataclass(frozen=True)
class AttendedSeat:
    """The attendance of an institution in a session; ``person`` is its seat in the registry, if any."""

    institution: Institution
    attended: Attended
    person: Seat | None

    @property
    def is_present(self) -> bool:
        """Check whether the seat was attended."""
        return self.attended != Attended.ABSENT


@dataclass(frozen=True)
class Quorum:
    """The numbers of attended, existing and required seats; None if unknown."""

    present: int | None
    seats: int | None
    needed: int | None

    @property
    def is_met(self) -> bool | None:
        """Check whether there was a quorum; None where the documents do not state it."""
        return None if self.present is None or self.needed is None else self.present >= self.needed


def build_session_context(page: SessionPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a session, or of its act."""
    above = parent_path(page.path)
    with declared_reads(above):
        secretariat_page = SecretariatPage.objects.filter(path=above).select_related("secretariat").first()
        carried = read_carried_over(page, above)
    today = timezone.localdate()
    secretariat = secretariat_page.public_secretariat if secretariat_page is not None else None
    rows = [row for row in page.attendance.select_related("institution").all() if row.institution.live]
    seats = [
        seat for seat in read_seats(secretariat) if page.held_on is None or seat.is_valid_on(page.held_on)
    ]
    own = page.agreements.select_related("responsible").order_by("sort_order", "pk")
    url = page_url(page, request)
    if page.shows_act:
        title = _("Acta: %(session)s") % {"session": page.title}
        extend_frame(request, page, _("Acta"), f"{url}{ACT_SLUG}/", document_title=title)
    return {
        "secretariat": secretariat,
        "agreements": describe_agreements(own, today),
        "carried": describe_agreements(carried, today, request),
        "attendance": [describe_seat(row, seats) for row in rows],
        "facilitators": [seat for seat in seats if seat.role == SeatRole.FACILITATOR],
        "quorum": build_quorum(page, rows, seats),
        "calendar_url": session_calendar_url(page),
        "act_full_url": f"{url}{ACT_SLUG}/",
        "act_url": f"{page.get_url(request) or ''}{ACT_SLUG}/" if page.has_begun else "",
        "is_past": page.starts_at is not None and page.starts_at <= timezone.now(),
        "structured": describe_event(
            page.title, url, to_local_time(page.starts_at), to_local_time(page.ends_at), page.place
        ),
    }


def to_local_time(moment: datetime.datetime | None) -> datetime.datetime | None:
    """Return a moment in the time zone of the portal."""
    return timezone.localtime(moment) if moment is not None else None


def describe_agreements(
    rows: Iterable[Agreement], day: datetime.date, request: HttpRequest | None = None
) -> list[ListedAgreement]:
    """Return agreements with their state on ``day``; with a request, also the address of their session."""
    return [
        ListedAgreement(row, row.find_state(day), (row.page.get_url(request) or "") if request else "")
        for row in rows
    ]


def describe_seat(row: Attendance, seats: Iterable[Seat]) -> AttendedSeat:
    """Return the attendance of a seat with its person in the registry."""
    attended = Attended(row.attended)
    role = SeatRole.DEPUTY if attended == Attended.DEPUTY else SeatRole.HOLDER
    person = next(
        (seat for seat in seats if seat.institution_id == row.institution_id and seat.role == role), None
    )
    return AttendedSeat(row.institution, attended, person)


def build_quorum(page: SessionPage, rows: list[Attendance], seats: Iterable[Seat]) -> Quorum:
    """Return the quorum of a session from its attendance list, else from the published number."""
    known = {seat.institution_id for seat in seats if seat.role != SeatRole.FACILITATOR}
    present = sum(row.is_present for row in rows) if rows else page.attended
    return Quorum(present, len(known) or None, page.quorum)


def session_calendar_url(page: SessionPage) -> str:
    """Return the address of the session's calendar file; without a date there is none."""
    return reverse("pages:session_calendar", args=[page.pk]) if page.starts_at else ""
