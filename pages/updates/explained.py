"""Whether a declared figure that differs from the account is explained."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abierto.progress.enums import Level
from abierto.progress.figures import MISSING
from abierto.progress.rollup import Node, roll_up
from abierto.text import visible_text
from pages.figures import as_published
from pages.plans.plan import plan_above
from pages.presentation.words import percent

if TYPE_CHECKING:
    from pages.plans.commitment import CommitmentPage

    from .rows import UpdateRow


def unexplained_difference(
    commitment: CommitmentPage, rows: Iterable[UpdateRow], declared: Decimal | None, note: str
) -> str:
    """Return what to ask of the editor when ``declared`` is not what ``rows`` give and no note says why."""
    plan = plan_above(commitment)
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
