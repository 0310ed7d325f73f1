"""Rules of dates and samples; inconsistent published numbers get a note and are never refused."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .enums import CallState


def reversed_dates_error(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return the error of a period that ends before it starts."""
    if start is None or end is None or end >= start:
        return ""
    return _("Termina antes de empezar. Corrige una de las dos fechas.")


def permanent_error(is_permanent: bool, closes_on: datetime.date | None) -> str:
    """Return the error of a permanent call with a last day."""
    if not is_permanent or closes_on is None:
        return ""
    return _("Una convocatoria permanente no cierra. Deja vacía la fecha o quita la marca.")


def find_call_state(
    opens_on: datetime.date | None, closes_on: datetime.date | None, is_permanent: bool, day: datetime.date
) -> CallState:
    """Return the state of a call on ``day``; its first and its last day count as open."""
    if opens_on is not None and day < opens_on:
        return CallState.UPCOMING
    if closes_on is not None:
        return CallState.CLOSED if day > closes_on else CallState.OPEN
    if is_permanent:
        return CallState.OPEN
    return CallState.UNKNOWN


@dataclass(frozen=True)
class Headcount:
    """Numbers of people, in total and by sex; None where the document does not state them."""

    total: int | None
    women: int | None
    men: int | None
    other: int | None = None

    @property
    def known_parts(self) -> list[int]:
        """Return the numbers by sex that are known."""
        return [number for number in (self.women, self.men, self.other) if number is not None]

    @property
    def is_known(self) -> bool:
        """Check whether anything is known."""
        return self.total is not None or bool(self.known_parts)


def describe_gap(count: Headcount) -> str:
    """Return the note on numbers by sex that do not sum to the total; empty if they do.

    Where women or men are unknown, the rest of the total may be theirs.
    """
    if count.total is None or count.women is None or count.men is None:
        return ""
    added = sum(count.known_parts)
    if added == count.total:
        return ""
    return _(
        "Los datos por sexo suman %(added)s y el total publicado es %(total)s. "
        "Los mostramos como se publicaron, sin corregirlos."
    ) % {"added": added, "total": count.total}


def describe_paper_gap(total: int | None, paper: int | None) -> str:
    """Return the note on more paper answers than answers in total."""
    if total is None or paper is None or paper <= total:
        return ""
    return _("Se publicaron %(paper)s respuestas en papel, más que el total de %(total)s.") % {
        "paper": paper,
        "total": total,
    }


def describe_answers_gap(counts: Iterable[int | None], total: int | None) -> str:
    """Return the note on answers that do not sum to the sample; empty where a count is unknown."""
    known = list(counts)
    if total is None or not known or any(count is None for count in known):
        return ""
    added = sum(count for count in known if count is not None)
    if added == total:
        return ""
    return _("Las respuestas suman %(added)s y la muestra publicada es de %(total)s personas.") % {
        "added": added,
        "total": total,
    }
