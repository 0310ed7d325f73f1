"""What a progress update may not be. Each rule names the field that its error belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from abierto.progress.enums import Level
from abierto.progress.figures import MISSING
from abierto.progress.rollup import Node, roll_up
from abierto.text import visible_text
from pages.core.formatting import percent
from pages.core.translation import get_source_page
from pages.figures.decimals import as_published
from pages.plans.commitments import CommitmentPage
from pages.plans.models import find_plan

from .inlines import UpdateRow

if TYPE_CHECKING:
    from .models import ProgressUpdatePage


def update_errors(page: ProgressUpdatePage) -> dict[str, Any]:
    """Return the errors of ``page``, by field; an empty dictionary when there are none."""
    if not (page.period_start and page.period_end):
        return {}
    if page.period_end < page.period_start:
        return {"period_end": _("El periodo termina antes de empezar. Corrige una de las dos fechas.")}
    other = find_overlapping_update(page)
    if other is not None:
        return {
            "period_start": _("Ya hay un avance del %(start)s al %(end)s: «%(title)s». Elige otro periodo.")
            % {"start": other.period_start, "end": other.period_end, "title": other.title}
        }
    return {}


def find_overlapping_update(page: ProgressUpdatePage) -> ProgressUpdatePage | None:
    """Return an update of the same commitment that shares a day with ``page``, if there is one."""
    commitment = page.parent
    if commitment is None:
        return None
    others = page.others_of_type().child_of(commitment)
    overlapping = others.filter(period_start__lte=page.period_end, period_end__gte=page.period_start)
    found: ProgressUpdatePage | None = overlapping.order_by("period_start", "path").first()
    return found


# --- What a draft may leave for later ------------------------------------------------------------------


def publication_errors(page: ProgressUpdatePage) -> dict[str, Any]:
    """Return, by content path, what keeps ``page`` from being public.

    The figures of a translation are those of its source: of it only what each row says is looked at.
    """
    if page.parent is None:
        return {}
    commitment = get_source_page(page.parent).specific
    is_source = get_source_page(page).pk == page.pk
    known = {action.translation_key for action in commitment.actions.all()} if is_source else None
    rows = list(page.rows.all())
    seen: set[UUID] = set()
    errors: dict[str, str] = {}
    for row in rows:
        errors[f"rows.{row.action_key}.action_key"] = action_error(row.action_key, known, seen)
        errors[f"rows.{row.action_key}.percent"] = missing_value_error(row.percent, row.stage, row.note)
        seen.add(row.action_key)
    if known is not None:
        errors["__all__"] = missing_actions_error(known, seen)
        errors["declared_note"] = unexplained_difference_error(
            commitment, rows, page.declared, page.declared_note
        )
    return {path: message for path, message in errors.items() if message}


def action_error(key: UUID, known: Collection[UUID] | None, seen: Set[UUID]) -> str:
    """Return what is wrong with a row about the action ``key``; ``known`` None: any action will do."""
    if known is not None and key not in known:
        return _("Esta acción no es de este compromiso. Quita su fila.")
    return _("Esta acción ya tiene una fila. Deja solo una.") if key in seen else ""


def missing_value_error(percent: Decimal | None, stage: str, note: str) -> str:
    """Return what to ask for where a row has no figure and no note says why."""
    if percent is not None or visible_text(stage) or visible_text(note):
        return ""
    return _("Escribe un porcentaje o una etapa. Si no hay dato, di por qué en la nota.")


def missing_actions_error(known: Collection[UUID], seen: Set[UUID]) -> str:
    """Return what to ask for where an action has no row."""
    if set(known) <= seen:
        return ""
    return _("Faltan acciones por reportar. Guarda el borrador para ver sus filas.")


def unexplained_difference_error(
    commitment: CommitmentPage, rows: Iterable[UpdateRow], declared: Decimal | None, note: str
) -> str:
    """Return what to ask of the editor when ``declared`` is not what ``rows`` give and no note says why."""
    plan = find_plan(commitment)
    if declared is None or visible_text(note) or plan is None:
        return ""
    values = {row.action_key: row.value for row in rows}
    node = Node(
        level=Level.COMMITMENT,
        key=commitment.translation_key,
        code=commitment.code,
        label=commitment.title,
        declared=as_published(declared),
        children=tuple(
            Node(
                level=Level.ACTION,
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
