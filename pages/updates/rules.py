"""Validation of the rows and the figure of a progress update."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.progress.enums import NodeLevel
from abierto.progress.figures import MISSING
from abierto.progress.rollup import Node, roll_up
from abierto.text import visible_text
from pages.core.formatting import percent
from pages.figures.decimals import as_published
from pages.matrices.fields import MeasurementMixin
from pages.matrices.rules import range_error
from pages.plans.commitments import CommitmentPage
from pages.plans.models import find_plan

from .inlines import UpdateRow


def action_error(key: UUID, known: Collection[UUID] | None, seen: Set[UUID]) -> str:
    """Return the error of a row about the action ``key``; with ``known`` None, any action is valid."""
    if known is not None and key not in known:
        return _("Esta acción no es de este compromiso. Quita su fila.")
    return _("Esta acción ya tiene una fila. Deja solo una.") if key in seen else ""


def missing_value_error(percent: Decimal | None, stage: str, note: str) -> str:
    """Return the error for a row with neither a figure nor a note."""
    if percent is not None or visible_text(stage) or visible_text(note):
        return ""
    return _("Escribe un porcentaje o una etapa. Si no hay dato, di por qué en la nota.")


def measurement_errors(measurement: MeasurementMixin, unit: str | None) -> dict[str, str]:
    """Return the errors of a measured value, by field; ``unit`` is None without an indicator."""
    if measurement.measured is None:
        if measurement.measured_on is None and not visible_text(measurement.measured_source):
            return {}
        return {"measured": _("Escribe el valor medido, o borra su fecha y su fuente.")}
    errors = {
        "measured": range_error(unit, measurement.measured) if unit is not None else "",
        "measured_on": "",
        "measured_source": "",
    }
    if unit is None:
        errors["measured"] = _(
            "Aquí no hay un indicador que medir. Elige uno en el compromiso o borra el valor."
        )
    if measurement.measured_on is None:
        errors["measured_on"] = _("Escribe en qué fecha se midió.")
    elif measurement.measured_on > timezone.localdate():
        errors["measured_on"] = _("La fecha de la medición no ha llegado. Corrígela.")
    if not visible_text(measurement.measured_source):
        errors["measured_source"] = _("Escribe de qué registro o documento sale el valor.")
    return {name: message for name, message in errors.items() if message}


def missing_actions_error(known: Collection[UUID], seen: Set[UUID]) -> str:
    """Return the error for an action without a row."""
    if set(known) <= seen:
        return ""
    return _("Faltan acciones por reportar. Guarda el borrador para ver sus filas.")


def unexplained_difference_error(
    commitment: CommitmentPage, rows: Iterable[UpdateRow], declared: Decimal | None, note: str
) -> str:
    """Return the error if ``declared`` differs from the figure of ``rows`` and no note explains it."""
    plan = find_plan(commitment)
    if declared is None or visible_text(note) or plan is None:
        return ""
    values = {row.action_key: row.value for row in rows}
    node = Node(
        level=NodeLevel.COMMITMENT,
        key=commitment.translation_key,
        code=commitment.code,
        label=commitment.title,
        declared=as_published(declared),
        children=tuple(
            Node(
                level=NodeLevel.ACTION,
                key=action.translation_key,
                code=str(action.number),
                label=action.title,
                value=values.get(action.translation_key, MISSING),
                weight=action.weight,
            )
            for action in commitment.actions.all()
        ),
    )
    result = roll_up(node, plan.rules)
    if not result.differs or result.computed is None:
        return ""
    return _("La cuenta de las acciones da %(computed)s y declaras %(declared)s. Explica por qué.") % {
        "computed": percent(result.computed),
        "declared": percent(declared),
    }
