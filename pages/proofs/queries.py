"""Read all published evidence of a plan, by commitment and action."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from abierto.tenancy.tree_paths import parent_path
from blocks.evidence import EvidenceValue
from pages.core.evidence import read_evidence
from pages.plans.commitments import CommitmentPage
from pages.plans.context import read_tree
from pages.plans.inlines import CommitmentAction
from pages.plans.models import PlanPage
from pages.updates.models import ProgressUpdatePage


@dataclass(frozen=True)
class Proof:
    """One piece of evidence with the action that it proves; None for evidence of the whole commitment."""

    value: EvidenceValue
    action: CommitmentAction | None


@dataclass
class CommitmentProofs:
    """A commitment with its evidence."""

    page: CommitmentPage
    url: str
    proofs: list[Proof] = field(default_factory=list)


def read_proofs(plan: PlanPage, request: HttpRequest) -> list[CommitmentProofs]:
    """Return the commitments of ``plan`` with the evidence of their public updates, oldest first."""
    tree = read_tree(plan, with_parties=False)
    found = {page.path: CommitmentProofs(page, page.get_url(request) or "") for page in tree.commitments}
    updates = [update for update in _read_updates(plan) if parent_path(update.path) in found]
    rows = [(update, row) for update in updates for row in update.rows.all()]
    actions = _read_actions(tree.commitments)
    streams = [update.evidence for update in updates] + [row.evidence for _update, row in rows]
    pieces = read_evidence(streams)
    for update, values in zip(updates, pieces[: len(updates)], strict=True):
        found[parent_path(update.path)].proofs += [Proof(value, None) for value in values]
    for (update, row), values in zip(rows, pieces[len(updates) :], strict=True):
        action = actions.get(row.action_key)
        found[parent_path(update.path)].proofs += [Proof(value, action) for value in values]
    return list(found.values())


def _read_updates(plan: PlanPage) -> list[ProgressUpdatePage]:
    updates = ProgressUpdatePage.objects.public().descendant_of(plan).prefetch_related("rows")
    return list(updates.order_by("period_end", "path"))


def _read_actions(commitments: list[CommitmentPage]) -> dict[UUID, CommitmentAction]:
    actions = CommitmentAction.objects.filter(page__in=commitments)
    return {action.translation_key: action for action in actions}
