"""Updates in a list, and the rows of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from blocks.evidence import EvidenceValue
from pages.charts.bars import Bar, build_bar
from pages.core.formatting import percent
from pages.matrices.display import IndicatorView
from pages.plans.commitments import CommitmentPage

from .inlines import UpdateRow
from .models import ProgressUpdatePage


@dataclass(frozen=True)
class LatestUpdate:
    """A published update with its commitment."""

    page: ProgressUpdatePage
    commitment: CommitmentPage
    url: str
    declared: str


@dataclass(frozen=True)
class UpdateRowView:
    """The row of an update about one action."""

    number: str
    title: str
    figure: str
    stage: str
    note: str
    bar: Bar
    evidence: list[EvidenceValue]
    indicator: IndicatorView | None = None


def build_latest_update(page: ProgressUpdatePage, commitment: CommitmentPage, url: str) -> LatestUpdate:
    """Return an update for a list."""
    return LatestUpdate(page, commitment, url, percent(page.declared))


def build_row_view(
    row: UpdateRow,
    number: str,
    title: str,
    name: str,
    evidence: list[EvidenceValue],
    indicator: IndicatorView | None = None,
) -> UpdateRowView:
    """Return a row of an update; ``name`` is the action's name for those who cannot see the bar."""
    return UpdateRowView(
        number=number,
        title=title,
        figure=percent(row.percent),
        stage=row.stage,
        note=row.note,
        bar=build_bar(name, row.percent, None, None, row.stage),
        evidence=evidence,
        indicator=indicator,
    )
