"""The rules of the municipal model, checked against the documented facts. Plain functions, no query.

Source of every rule: «Municipios Abiertos del Estado de Guanajuato 2022-2024», presentation of the IACIP; the
step of the list is named with each rule.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from abierto.progress.calendars import add_months
from abierto.registry.enums import InstitutionKind, SeatRole
from pages.core.formatting import full_date

from .enums import CheckOutcome, StepStatus

MIN_AUTHORITIES = 2
MIN_ORGANIZATIONS = 2
MONTHS_BETWEEN_SESSIONS = 2

AUTHORITIES = frozenset(
    {
        InstitutionKind.EXECUTIVE,
        InstitutionKind.LEGISLATIVE,
        InstitutionKind.JUDICIAL,
        InstitutionKind.AUTONOMOUS,
        InstitutionKind.TRIBUNAL,
        InstitutionKind.MUNICIPALITY,
    }
)
_MAYOR = re.compile(r"\bpresident[ea]\s+municipal\b", re.IGNORECASE)
_CHAIR = re.compile(r"\bpresident[ea]\s+del\s+(?:secretariado|stm)\b", re.IGNORECASE)

SIX_STEPS = gettext_lazy("Municipios Abiertos 2022-2024, lista de seis pasos, paso 3")
FOURTH_STEP = gettext_lazy("Municipios Abiertos 2022-2024, lista de trece pasos, paso 4")
ACT = gettext_lazy("Acta de instalación del secretariado de Coroneo, 30 de agosto de 2022")
TERM = gettext_lazy("Actas de instalación, que dan el periodo de cada secretariado")


@dataclass(frozen=True)
class SeatFact:
    """A seat valid on the day of the check."""

    institution: int | None
    kind: str
    role: str
    post: str = ""


@dataclass(frozen=True)
class SecretariatFacts:
    """The documented facts of the secretariat of a municipality."""

    installed_on: datetime.date | None = None
    valid_until: datetime.date | None = None
    seats: Sequence[SeatFact] = ()
    #: Whether the seats are all that the secretariat has; else a seat that is missing proves nothing.
    is_complete: bool = False
    oath_on: datetime.date | None = None
    oath_before: str = ""
    is_guarantor: bool = False
    ordinary_sessions: Sequence[datetime.date] = field(default_factory=tuple)


@dataclass(frozen=True)
class Check:
    """A rule with its source, and its outcome for one municipality."""

    key: str
    label: str | Promise
    rule: str | Promise
    source: str | Promise
    outcome: CheckOutcome
    finding: str

    @property
    def outcome_label(self) -> str:
        return str(self.outcome.label)


def run_checks(facts: SecretariatFacts | None, day: datetime.date) -> list[Check]:
    """Return all checks on ``day``; without a secretariat (None) nothing is documented."""
    known = facts or SecretariatFacts()
    return [
        check_members(known),
        check_chair(known),
        check_oath(known),
        check_sessions(known, day),
        check_term(known, day),
    ]


def check_members(facts: SecretariatFacts) -> Check:
    """Count holders of authorities, and organisations of civil society: each counts once."""
    holders = [seat for seat in facts.seats if seat.role == SeatRole.HOLDER]
    authorities = sum(seat.kind in AUTHORITIES for seat in holders)
    organizations = len({seat.institution for seat in holders if seat.kind == InstitutionKind.CIVIL_SOCIETY})
    enough = authorities >= MIN_AUTHORITIES and organizations >= MIN_ORGANIZATIONS
    outcome = (
        CheckOutcome.MET if enough else CheckOutcome.FAILED if facts.is_complete else CheckOutcome.UNKNOWN
    )
    finding = _("Constan %(authorities)s y %(organizations)s.") % {
        "authorities": ngettext("%(count)d autoridad", "%(count)d autoridades", authorities)
        % {"count": authorities},
        "organizations": ngettext("%(count)d organización", "%(count)d organizaciones", organizations)
        % {"count": organizations},
    }
    if outcome is CheckOutcome.UNKNOWN:
        finding += " " + _("No conocemos la lista completa.")
    return Check(
        "members",
        gettext_lazy("Integrantes"),
        gettext_lazy(
            "Al menos dos autoridades y dos organizaciones de la sociedad civil. Cuentan las personas "
            "titulares de autoridades y las organizaciones distintas."
        ),
        SIX_STEPS,
        outcome,
        finding,
    )


def check_chair(facts: SecretariatFacts) -> Check:
    """Check by the posts of the seats that the mayor chairs the secretariat."""
    chairs = [seat.post for seat in facts.seats if _CHAIR.search(seat.post)]
    if any(_MAYOR.search(post) for post in chairs):
        outcome, finding = CheckOutcome.MET, _("El cargo de quien preside es la presidencia municipal.")
    elif chairs:
        outcome = CheckOutcome.FAILED
        finding = _("Preside otra persona: %(post)s.") % {"post": chairs[0]}
    else:
        outcome, finding = CheckOutcome.UNKNOWN, _("Ningún documento dice quién preside.")
    return Check(
        "chair",
        gettext_lazy("Presidencia"),
        gettext_lazy("La presidenta o el presidente municipal preside el secretariado, según su cargo."),
        ACT,
        outcome,
        finding,
    )


def check_oath(facts: SecretariatFacts) -> Check:
    """Check that the members took their oath before the guarantor (an autonomous body)."""
    if facts.oath_on is None or not facts.oath_before:
        outcome, finding = CheckOutcome.UNKNOWN, _("Ningún documento dice cuándo y ante quién.")
    else:
        outcome = CheckOutcome.MET if facts.is_guarantor else CheckOutcome.FAILED
        finding = _("El %(day)s, ante %(institution)s.") % {
            "day": full_date(facts.oath_on),
            "institution": facts.oath_before,
        }
    return Check(
        "oath",
        gettext_lazy("Protesta"),
        gettext_lazy("Quienes lo integran rinden protesta ante el organismo garante de la transparencia."),
        SIX_STEPS,
        outcome,
        finding,
    )


def check_sessions(facts: SecretariatFacts, day: datetime.date) -> Check:
    """Check that no two months passed without an ordinary session, from the installation to its end.

    Both ends count: a session on the day two months later is in time. Without a date of installation, or
    without any session known, nothing can be judged.
    """
    start, known = facts.installed_on, sorted(held for held in facts.ordinary_sessions if held <= day)
    gap = None
    if start is None or not known:
        outcome, finding = (
            CheckOutcome.UNKNOWN,
            _("No conocemos sesiones ordinarias, o no consta la instalación."),
        )
    else:
        until = min(day, facts.valid_until or day)
        gap = find_gap([start, *(held for held in known if start <= held <= until)], until)
        outcome = CheckOutcome.MET if gap is None else CheckOutcome.FAILED
        if gap is None:
            finding = ngettext(
                "%(count)d sesión, sin dos meses seguidos sin sesionar.",
                "%(count)d sesiones, sin dos meses seguidos sin sesionar.",
                len(known),
            ) % {"count": len(known)}
        else:
            finding = _("Entre el %(start)s y el %(end)s pasaron más de dos meses sin sesión.") % {
                "start": full_date(gap[0]),
                "end": full_date(gap[1]),
            }
    return Check(
        "sessions",
        gettext_lazy("Sesiones"),
        gettext_lazy("Hay sesión ordinaria cada dos meses, desde la instalación hasta el fin del periodo."),
        FOURTH_STEP,
        outcome,
        finding,
    )


def find_gap(
    days: Iterable[datetime.date], until: datetime.date
) -> tuple[datetime.date, datetime.date] | None:
    """Return the first two days, of ``days`` in order and ``until``, with more than two months between."""
    marks = [*days, until]
    pairs = pairwise(marks)
    return next(
        ((one, other) for one, other in pairs if other > add_months(one, MONTHS_BETWEEN_SESSIONS)), None
    )


def check_term(facts: SecretariatFacts, day: datetime.date) -> Check:
    """Check that the term of the secretariat has not ended; its last day counts."""
    until = facts.valid_until
    if until is None:
        outcome, finding = CheckOutcome.UNKNOWN, _("Ningún documento dice hasta cuándo.")
    elif until < day:
        outcome, finding = CheckOutcome.FAILED, _("Terminó el %(day)s.") % {"day": full_date(until)}
    else:
        outcome, finding = CheckOutcome.MET, _("Termina el %(day)s.") % {"day": full_date(until)}
    return Check(
        "term",
        gettext_lazy("Periodo"),
        gettext_lazy("El periodo del secretariado no ha terminado."),
        TERM,
        outcome,
        finding,
    )


@dataclass(frozen=True)
class StepFact:
    """A step of a roadmap: number, status, day, and the numbers of wanted and delivered documents."""

    number: int
    status: str
    done_on: datetime.date | None = None
    wanted: int = 0
    delivered: int = 0


def find_reached(steps: Iterable[StepFact]) -> int | None:
    """Return the highest number of a step that is done; None if none is."""
    return max((step.number for step in steps if step.status == StepStatus.DONE), default=None)


def find_out_of_order(steps: Iterable[StepFact]) -> set[int]:
    """Return the numbers of the steps that were done while an earlier one was not, or was done later.

    A step that does not apply is skipped. Another order is allowed: it is marked, not refused.
    """
    found: set[int] = set()
    earlier: list[StepFact] = []
    for step in sorted(steps, key=lambda step: step.number):
        if step.status == StepStatus.NOT_APPLICABLE:
            continue
        if step.status == StepStatus.DONE and any(_is_after(before, step) for before in earlier):
            found.add(step.number)
        earlier.append(step)
    return found


def _is_after(before: StepFact, step: StepFact) -> bool:
    """Check that a step with a lower number was not done by the day of ``step``."""
    if before.status != StepStatus.DONE:
        return True
    return before.done_on is not None and step.done_on is not None and before.done_on > step.done_on


def lacks_documents(step: StepFact) -> bool:
    """Check that a step is done with fewer delivered documents than it asks for."""
    return step.status == StepStatus.DONE and step.delivered < step.wanted
