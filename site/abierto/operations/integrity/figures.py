"""Whether the figures shown are those that the pages give, and whether each proof proves something."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from pages.plans.commitment import CommitmentPage
from pages.projection.sources import source_pages
from pages.projection.write import drift
from pages.updates.page import ProgressUpdatePage
from pages.updates.rows import UpdateRow

from .findings import Finding

FIX_FIGURE = "Publica de nuevo, con su aprobación, cualquier avance de ese plan."
FIX_EVIDENCE = "Corrige el avance: su acción o su prueba prometida ya no existe."

#: Promised means of verification by action, by path of the commitment.
Promises = dict[str, dict[UUID, set[str]]]


def drifted_figures() -> Iterator[Finding]:
    """Yield the stored figures that are not those of the live pages."""
    for message in drift():
        yield Finding(message, FIX_FIGURE)


def orphan_evidence() -> Iterator[Finding]:
    """Yield reported rows without their action, and evidence of a promise that nobody made."""
    promises = _promises()
    updates = source_pages(ProgressUpdatePage).prefetch_related("rows").order_by("path")
    for update in updates:
        actions = promises.get(update.path[: -update.steplen], {})
        for row in update.rows.all():
            yield from _orphans_of(update, row, actions)


def _orphans_of(
    update: ProgressUpdatePage, row: UpdateRow, actions: dict[UUID, set[str]]
) -> Iterator[Finding]:
    if row.action_key not in actions:
        yield Finding(f"«{update.title}» reporta una acción que ya no existe.", FIX_EVIDENCE)
        return
    for block in row.evidence:
        key = block.value.get("means_key")
        if key and key not in actions[row.action_key]:
            yield Finding(f"«{update.title}» prueba algo que nadie prometió.", FIX_EVIDENCE)


def _promises() -> Promises:
    promises: Promises = defaultdict(dict)
    for commitment in source_pages(CommitmentPage).prefetch_related("actions"):
        promises[commitment.path] = {
            action.translation_key: {str(block.id) for block in action.means}
            for action in commitment.actions.all()
        }
    return dict(promises)
