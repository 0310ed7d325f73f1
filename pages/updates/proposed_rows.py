"""One row for each action of a commitment: proposed for a new update, completed for one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from abierto.progress.figures import MISSING

from .last_figures import last_figures

if TYPE_CHECKING:
    from pages.plans.commitment import CommitmentPage
    from pages.plans.parts import CommitmentAction

    from .page import ProgressUpdatePage
    from .rows import UpdateRow


def propose_rows(commitment: CommitmentPage) -> list[UpdateRow]:
    """Return an unsaved row for each action of ``commitment``, with its last public figure.

    Notes and evidence are not carried over: they belong to the period in which they were reported.
    """
    known = last_figures(commitment)
    rows = []
    for order, action in enumerate(commitment.actions.all()):
        last = known.get(action.translation_key)
        row = _row_for(action, commitment, order)
        value = last.value if last else MISSING
        row.percent, row.stage = value.percent, value.stage
        rows.append(row)
    return rows


def complete_rows(update: ProgressUpdatePage, commitment: CommitmentPage) -> None:
    """Give ``update`` the rows it lacks: with the last figures while it is new, without a value later."""
    held = {row.action_key for row in update.rows.all()}
    if not held and update.pk is None:
        update.rows.add(*propose_rows(commitment))
        return
    missing = [action for action in commitment.actions.all() if action.translation_key not in held]
    update.rows.add(
        *(_row_for(action, commitment, len(held) + order) for order, action in enumerate(missing))
    )


def _row_for(action: CommitmentAction, commitment: CommitmentPage, order: int) -> UpdateRow:
    row: UpdateRow = apps.get_model("pages", "UpdateRow")(
        action_key=action.translation_key, sort_order=order, locale=commitment.locale
    )
    return row
