"""A secretariat with its seats and sessions, and one of its sessions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from abierto.registry.enums import SeatRole
from abierto.registry.models import Seat

from .models import SecretariatPage, SessionPage


def build_secretariat_context(page: SecretariatPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a secretariat: present seats, former seats, sessions."""
    today = timezone.localdate()
    seats = list(
        Seat.objects.public()
        .filter(secretariat=page.secretariat_id)
        .select_related("institution", "person")
        .order_by("order", "pk")
    )
    secretariat = page.public_secretariat
    ended_on = secretariat.valid_until if secretariat is not None else None
    # Once a secretariat has ended, its last members are those that it had.
    day = min(today, ended_on) if ended_on else today
    current = [seat for seat in seats if seat.is_valid_on(day)]
    sessions = SessionPage.objects.public().child_of(page).order_by("-starts_at", "path")
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
    }


def build_session_context(page: SessionPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a session."""
    return {
        "agreements": list(page.agreements.select_related("responsible").order_by("sort_order", "pk")),
        "calendar_url": session_calendar_url(page),
        "is_past": page.starts_at is not None and page.starts_at <= timezone.now(),
    }


def session_calendar_url(page: SessionPage) -> str:
    """Return the address of the session's calendar file; without a date there is none."""
    return reverse("pages:session_calendar", args=[page.pk]) if page.starts_at else ""
