"""Rules of observations, their answers and their closing. Plain functions; an empty text is no error."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from abierto.text import visible_text
from pages.core.formatting import full_date

from .enums import ObservationState


def find_state(
    due_on: datetime.date | None, closed_on: datetime.date | None, day: datetime.date, *, is_answered: bool
) -> ObservationState:
    """Return the state on ``day``; the last day of the term is in time."""
    if closed_on is not None and closed_on <= day:
        return ObservationState.CLOSED
    if is_answered:
        return ObservationState.ANSWERED
    if due_on is not None and due_on < day:
        return ObservationState.LATE
    return ObservationState.OPEN


def issue_error(issued_on: datetime.date | None, day: datetime.date) -> str:
    """Return the error of the date of an observation: missing or in the future."""
    if issued_on is None:
        return _("Escribe la fecha de la observación.")
    return _("La fecha de la observación no ha llegado. Corrígela.") if issued_on > day else ""


def deadline_error(issued_on: datetime.date | None, due_on: datetime.date | None) -> str:
    """Return the error of a deadline that is missing, or not after the day of the observation."""
    if due_on is None:
        return _("Escribe hasta cuándo se puede responder.")
    if issued_on is not None and due_on <= issued_on:
        return _("El plazo debe terminar después de la fecha de la observación. Corrige una de las dos.")
    return ""


def closing_errors(
    issued_on: datetime.date | None,
    closed_on: datetime.date | None,
    outcome: str,
    reason: str,
    day: datetime.date,
) -> dict[str, str]:
    """Return the errors of a closing, by field; none if all its fields are empty."""
    if closed_on is None and not outcome and not visible_text(reason):
        return {}
    errors = {}
    if closed_on is None:
        errors["closed_on"] = _("Escribe la fecha de cierre, o deja vacío todo el cierre.")
    elif issued_on is not None and closed_on < issued_on:
        errors["closed_on"] = _("El cierre es anterior a la observación. Corrige una de las dos fechas.")
    elif closed_on > day:
        errors["closed_on"] = _("La fecha de cierre no ha llegado. Corrígela.")
    if not outcome:
        errors["outcome"] = _("Elige cómo se cerró.")
    if not visible_text(reason):
        errors["closing_reason"] = _("Escribe por qué se cerró así.")
    return errors


def answer_date_error(
    answered_on: datetime.date | None,
    issued_on: datetime.date | None,
    closed_on: datetime.date | None,
    day: datetime.date,
) -> str:
    """Return the error of the date of an answer: missing, in the future, or outside the open period."""
    if answered_on is None:
        return _("Escribe la fecha de la respuesta.")
    if answered_on > day:
        return _("La fecha de la respuesta no ha llegado. Corrígela.")
    if issued_on is not None and answered_on < issued_on:
        return _("La respuesta es anterior a la observación. Corrige la fecha.")
    if closed_on is not None and answered_on > closed_on:
        return _("La observación se cerró el %(day)s y ya no recibe respuestas.") % {
            "day": full_date(closed_on)
        }
    return ""
