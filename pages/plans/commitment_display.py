"""Build the actions, the proof counts and the chart points of the page of a commitment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import ngettext

from abierto.progress.enums import NodeLevel
from abierto.progress.evidence import Evidence, Means, verify
from abierto.progress.figures import MISSING
from abierto.progress.rollup import Node, Rules, roll_up
from blocks.evidence import EvidenceValue
from pages.charts.badges import Badge
from pages.charts.line_chart import ChartPoint
from pages.core.formatting import describe_dates
from pages.figures.display import FigureView, build_figure_view
from pages.figures.models import ProgressFigure
from pages.matrices.display import IndicatorView
from pages.reports.inlines import ReportRow
from pages.updates.models import ProgressUpdatePage

from .inlines import CommitmentAction
from .status import FigureStatus, find_pace, has_data


@dataclass(frozen=True)
class PromisedMeans:
    """A promised means of verification, and the evidence for it."""

    means: object
    evidence: list[EvidenceValue]


@dataclass(frozen=True)
class ActionView:
    """An action with its figure, its period, its promised proof and its evidence."""

    action: CommitmentAction
    view: FigureView | None
    period: str
    promises: list[PromisedMeans]
    evidence: list[EvidenceValue]
    indicator: IndicatorView | None = None

    @property
    def pending(self) -> int:
        """The number of promised means without evidence."""
        return sum(not promise.evidence for promise in self.promises)

    @property
    def has_proof(self) -> bool:
        """Check whether the action has any evidence."""
        return bool(self.evidence) or any(promise.evidence for promise in self.promises)


def build_action_view(
    action: CommitmentAction,
    figure: ProgressFigure | None,
    status: FigureStatus,
    evidence: Sequence[EvidenceValue],
    indicator: IndicatorView | None = None,
) -> ActionView:
    """Build the view of an action with its figure and its promised and published proof.

    ``status`` is that of its commitment: the same is expected of every action.
    """
    expected = None if status.assumed_start else status.expected
    view = None
    if figure is not None:
        view = build_figure_view(
            figure,
            pace=find_pace(figure.effective if has_data(figure) else None, figure.stage, expected),
            expected=status.expected,
            expected_on=status.expected_on,
            on=figure.reported_on,
            label=action.title,
            assumed_start=status.assumed_start,
            is_over=status.is_over,
        )
    promises, unmatched = match_evidence(action, evidence)
    return ActionView(action, view, describe_dates(action.start, action.end), promises, unmatched, indicator)


def match_evidence(
    action: CommitmentAction, evidence: Sequence[EvidenceValue]
) -> tuple[list[PromisedMeans], list[EvidenceValue]]:
    """Return the promised means with their evidence, and the evidence that matches none."""
    means = [Means(block.id or "", block.value["text"]) for block in action.means]
    shown = [Evidence(piece["means_key"], str(number)) for number, piece in enumerate(evidence)]
    verdict = verify(means, shown)
    answers = {proven.means.key: proven.evidence for proven in verdict.proven}
    promises = [
        PromisedMeans(block.value, [evidence[int(piece.title)] for piece in answers.get(block.id or "", ())])
        for block in action.means
    ]
    return promises, [evidence[int(piece.title)] for piece in verdict.unmatched]


@dataclass(frozen=True)
class ProofTally:
    """Counts of proof: evidence to open, evidence only cited, and actions without any."""

    linked: int
    cited: int
    unproven: int
    badge: Badge


def tally_proof(actions: Sequence[ActionView], of_all: Sequence[EvidenceValue]) -> ProofTally:
    """Count the proof of a commitment."""
    pieces = [*of_all]
    for action in actions:
        pieces += [*action.evidence, *(piece for promise in action.promises for piece in promise.evidence)]
    linked = sum(bool(piece.address) for piece in pieces)
    unproven = sum(not action.has_proof for action in actions)
    text = ngettext("Sin prueba: %(count)s acción", "Sin prueba: %(count)s acciones", unproven)
    return ProofTally(linked, len(pieces) - linked, unproven, Badge("pending", text % {"count": unproven}))


def build_points(
    updates: Iterable[tuple[ProgressUpdatePage, str]],
    reported: Iterable[tuple[ReportRow, str]],
    actions: Sequence[CommitmentAction],
    rules: Rules,
) -> list[ChartPoint]:
    """Return every public figure of a commitment, from its own updates and from reports."""
    found = [
        ChartPoint(
            day=row.page.cutoff,
            declared=row.declared,
            computed=row.computed if row.declared is not None or not row.stage else None,
            stage=row.stage,
            source=row.page.title,
            url=url,
            note=row.note,
        )
        for row, url in reported
        if row.page.cutoff
    ]
    values: dict[UUID, Node] = {}
    for update, url in updates:
        if update.period_end is None:
            continue
        _apply_update(values, update)
        computed, stage = _compute_progress(values, actions, rules)
        found.append(
            ChartPoint(
                day=update.period_end,
                declared=update.declared,
                computed=computed,
                stage=stage,
                source=update.title,
                url=url,
                note=update.declared_note,
            )
        )
    return found


def _apply_update(values: dict[UUID, Node], update: ProgressUpdatePage) -> None:
    for row in update.rows.all():
        if not row.value.is_missing:
            values[row.action_key] = Node(NodeLevel.ACTION, row.action_key, "", "", value=row.value)


def _compute_progress(
    values: dict[UUID, Node], actions: Sequence[CommitmentAction], rules: Rules
) -> tuple[Decimal | None, str]:
    """Return the figure of the actions after an update: the sum, or the stage if there is no number."""
    children = tuple(
        Node(
            NodeLevel.ACTION,
            action.translation_key,
            str(action.number),
            action.title,
            value=values[action.translation_key].value if action.translation_key in values else MISSING,
            weight=action.weight,
        )
        for action in actions
    )
    result = roll_up(Node(NodeLevel.COMMITMENT, "", "", "", children=children), rules)
    return (None, result.stage) if result.stage else (result.computed, "")
