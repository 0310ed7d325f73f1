"""Convert published pages to the nodes of ``abierto.progress``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from abierto.progress.enums import NodeLevel
from abierto.progress.evidence import Evidence, Means, verify
from abierto.progress.figures import MISSING
from abierto.progress.rollup import Node
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import AxisPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

from .sources import Sources


@dataclass(frozen=True)
class ProofCount:
    """The numbers of promised proofs, of those still pending, and of published evidence."""

    promised: int = 0
    pending: int = 0
    shown: int = 0


@dataclass
class Tree:
    """A plan as nodes, with the proof counts of each node by its key."""

    root: Node
    proof: dict[UUID | str, ProofCount] = field(default_factory=dict)


def build_tree(sources: Sources) -> Tree:
    """Return the plan of ``sources`` as nodes."""
    tree = Tree(Node(NodeLevel.PLAN, sources.plan.translation_key, sources.plan.slug, sources.plan.title))
    axes = tuple(_axis(sources, axis, tree) for axis in sources.axes)
    plan = sources.plan
    tree.root = _node(sources, plan.translation_key, NodeLevel.PLAN, plan.slug, plan.title, axes)
    _add_up(tree, plan.translation_key, axes)
    return tree


def latest_rows(updates: Iterable[ProgressUpdatePage]) -> dict[UUID, tuple[UpdateRow, ProgressUpdatePage]]:
    """Return the last row of each action that has a value, with its update."""
    latest: dict[UUID, tuple[UpdateRow, ProgressUpdatePage]] = {}
    for update in updates:
        for row in update.rows.all():
            if not row.value.is_missing:
                latest[row.action_key] = (row, update)
    return latest


def _node(
    sources: Sources, key: UUID, level: NodeLevel, code: str, label: str, children: tuple[Node, ...]
) -> Node:
    declared = sources.declared.get(key)
    return Node(
        level=level,
        key=key,
        code=code,
        label=label,
        declared=declared.figure if declared else None,
        declared_on=declared.day if declared else None,
        note=declared.note if declared else "",
        children=children,
    )


def _axis(sources: Sources, axis: AxisPage, tree: Tree) -> Node:
    commitments = tuple(
        _commitment(sources, commitment, tree) for commitment in sources.commitments.get(axis.path, [])
    )
    _add_up(tree, axis.translation_key, commitments)
    return _node(sources, axis.translation_key, NodeLevel.AXIS, axis.code, axis.title, commitments)


def _commitment(sources: Sources, commitment: CommitmentPage, tree: Tree) -> Node:
    updates = sources.updates_of(commitment)
    rows = latest_rows(updates)
    actions = tuple(_action(action, rows, updates, tree) for action in commitment.actions.all())
    _add_up(tree, commitment.translation_key, actions)
    whole = sum(len(update.evidence) for update in updates)
    added = tree.proof[commitment.translation_key]
    tree.proof[commitment.translation_key] = ProofCount(added.promised, added.pending, added.shown + whole)
    node = _node(
        sources, commitment.translation_key, NodeLevel.COMMITMENT, commitment.code, commitment.title, actions
    )
    # An update that only declares a figure is newer than what was declared above it.
    return replace(node, reported_on=_last_figure_on(updates))


def _last_figure_on(updates: Iterable[ProgressUpdatePage]) -> datetime.date | None:
    days = [
        update.period_end
        for update in updates
        if update.period_end is not None
        and (update.declared is not None or any(not row.value.is_missing for row in update.rows.all()))
    ]
    return max(days, default=None)


def _action(
    action: CommitmentAction,
    rows: dict[UUID, tuple[UpdateRow, ProgressUpdatePage]],
    updates: list[ProgressUpdatePage],
    tree: Tree,
) -> Node:
    row, update = rows.get(action.translation_key, (None, None))
    tree.proof[action.translation_key] = _proof(action, updates)
    return Node(
        level=NodeLevel.ACTION,
        key=action.translation_key,
        code=str(action.number),
        label=action.title,
        value=row.value if row else MISSING,
        reported_on=update.period_end if update else None,
        weight=action.weight,
        note=row.note if row else "",
    )


def _proof(action: CommitmentAction, updates: list[ProgressUpdatePage]) -> ProofCount:
    promised = [Means(block.id, block.value["text"]) for block in action.means]
    shown = [
        Evidence(block.value.get("means_key") or "", block.value["title"])
        for update in updates
        for row in update.rows.all()
        if row.action_key == action.translation_key
        for block in row.evidence
    ]
    return ProofCount(len(promised), len(verify(promised, shown).pending), len(shown))


def _add_up(tree: Tree, key: UUID, children: tuple[Node, ...]) -> None:
    proofs = [tree.proof[child.key] for child in children]
    tree.proof[key] = ProofCount(
        sum(proof.promised for proof in proofs),
        sum(proof.pending for proof in proofs),
        sum(proof.shown for proof in proofs),
    )
