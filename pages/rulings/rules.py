"""Rules of the publication of a ruling and its parts; each returns an error text, or an empty one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Hashable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.language.content import read_own_content
from abierto.language.review import measure_page
from abierto.registry.models import Institution
from abierto.text import visible_text
from pages.core.base import BasePage
from pages.core.cycles import has_cycle

from .enums import CHANGED_BY_ANOTHER, Finality, PartRole

#: INFLESZ: «normal» begins at 55, «bastante fácil» at 65.
PLAIN_SCORE = 55
EASY_SCORE = 65
MIN_STEPS = 2


def future_date_error(day: datetime.date | None) -> str:
    """Return the error of a future day."""
    if day is None or day <= timezone.localdate():
        return ""
    return _("Esta fecha todavía no llega. Revisa el año.")


def finality_date_error(decided_on: datetime.date | None, day: datetime.date | None) -> str:
    """Return the error of a change of finality before the ruling itself."""
    if decided_on is None or day is None or day >= decided_on:
        return ""
    return _("Es anterior a la sentencia. Corrige una de las dos fechas.")


def missing_change_errors(finality: str, day: datetime.date | None, reason: str) -> dict[str, str]:
    """Return the errors of a ruling that another decision changed, without its day or reason."""
    if finality not in CHANGED_BY_ANOTHER:
        return {}
    return {
        "finality_date": "" if day else _("Escribe el día desde el que ya no vale como estaba."),
        "finality_reason": "" if visible_text(reason) else _("Escribe por qué cambió, en una oración."),
    }


def cycle_error[Key: Hashable](
    start: Key | None, first: Key | None, find_next: Callable[[Key], Key | None]
) -> str:
    """Return the error of a ruling that a chain of decisions would change by itself.

    ``first`` is the ruling that changed ``start``; ``find_next`` returns the one that changed a ruling. A
    ruling is identified by its id or, before it is saved, by its case key.
    """
    if not has_cycle(start, first, find_next):
        return ""
    return _("Es un círculo: esa sentencia, a su vez, la cambió esta. Elige otra.")


def validity_error(institution: Institution | None, day: datetime.date | None) -> str:
    """Return the error of a tribunal or chamber that did not exist on the day of the ruling."""
    if institution is None or day is None or institution.is_valid_on(day):
        return ""
    return _("Ese día no existía según el registro. Elige la institución que la dictó.")


def same_person_error(anonymized_by: int | None, reviewed_by: int | None) -> str:
    """Return the error of a review of the names by the person who covered them."""
    if anonymized_by is None or anonymized_by != reviewed_by:
        return ""
    return _("Tiene que revisarlos otra persona, no quien cubrió los datos.")


def reviewer_error(reviewer: User | None, approvers: Collection[int]) -> str:
    """Return the error if the named reviewer of the names is not among the approvers."""
    if reviewer is None or reviewer.pk in approvers:
        return ""
    return _(
        "La versión pública la aprueba quien revisó los nombres: %(name)s. "
        "Si los revisó otra persona, devuélvela para que lo corrijan."
    ) % {"name": reviewer.public_name}


def first_part_error(part: Any, together: Collection[int]) -> str:
    """Return the error of a part if its tribunal must publish another part first.

    ``together`` are the ids of the pages that are published by the same decision.
    """
    role = part.parent.get_parent().specific.first_part
    if not role or role == part.role:
        return ""
    public = part.parent.get_children().filter(Q(live=True) | Q(pk__in=together))
    if any(other.role == role for other in public.specific()):
        return ""
    return _(
        "Este tribunal publica primero esta parte: %(part)s. Apruébala antes, o mándalas en un paquete."
    ) % {"part": PartRole(role).label}


def measure_score(page: BasePage) -> float | None:
    """Return the INFLESZ score of the texts of a part; None without text."""
    return measure_page(read_own_content(page)).inflesz


def describe_finality(finality: str) -> str:
    """Explain a state of finality to the reader."""
    return {
        Finality.UNKNOWN: _("El tribunal no dice si todavía puede cambiar."),
        Finality.FINAL: _("Ya no se puede impugnar: esta es la decisión definitiva."),
        Finality.CHALLENGED: _("Alguien pidió que otra autoridad la revise. Puede cambiar."),
        Finality.REVOKED: _("Otra decisión la dejó sin valor. Ya no se aplica."),
        Finality.MODIFIED: _("Otra decisión cambió una parte. Lee también esa decisión."),
        Finality.VOID: _("Ya no produce efectos."),
    }[Finality(finality)]
