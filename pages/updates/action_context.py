"""Build the information beside the inputs of one action: its promised proofs and its last public figure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from abierto.progress.figures import Value
from pages.matrices.display import IndicatorView
from pages.matrices.models import MatrixRow
from pages.matrices.queries import read_indicators
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction

from .row_proposal import LastFigure, read_last_figures, write_value


@dataclass(frozen=True)
class PromisedProof:
    """A promised means of verification; evidence refers to its key."""

    key: str
    text: str


@dataclass(frozen=True)
class ActionContext:
    """An action with its promised proofs and its last public figure, empty when there is none."""

    number: int
    title: str
    text: str
    proofs: tuple[PromisedProof, ...]
    last: str = ""
    last_on: datetime.date | None = None
    indicator: IndicatorView | None = None


def build_action_contexts(commitment: CommitmentPage) -> dict[UUID, ActionContext]:
    """Return the context of each action of ``commitment``, by the action's key. Two queries.

    One more if actions have indicators.
    """
    known = read_last_figures(commitment)
    actions = list(commitment.actions.all())
    rows = read_indicators(action.indicator_key for action in actions)
    return {
        action.translation_key: build_action_context(
            action, known.get(action.translation_key), rows.get(action.indicator_key)
        )
        for action in actions
    }


def build_action_context(
    action: CommitmentAction, last: LastFigure | None, indicator: MatrixRow | None = None
) -> ActionContext:
    return ActionContext(
        number=action.number,
        title=action.title,
        text=action.text,
        proofs=tuple(PromisedProof(block.id, block.value["text"]) for block in action.means),
        last=write_value(last.value if last else Value()),
        last_on=last.on if last else None,
        indicator=IndicatorView(indicator, None) if indicator is not None else None,
    )
