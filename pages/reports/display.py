"""Build the views of the frozen rows of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from abierto.progress.enums import NodeLevel, Pace
from abierto.progress.pace import expected_on
from pages.charts.waffle import Waffle, build_waffle
from pages.figures.differences import Explanation, explain_difference
from pages.figures.display import FigureView, build_figure_view
from pages.plans.models import PlanPage
from pages.plans.status import find_pace

from .inlines import ReportRow
from .models import ReportPage


@dataclass(frozen=True)
class ReportRowView:
    """One row of a report with the sum behind its computed figure."""

    row: ReportRow
    view: FigureView
    explanation: Explanation

    @property
    def is_action(self) -> bool:
        """Check whether the row is an action: it has a figure and no sum."""
        return self.row.level == NodeLevel.ACTION


@dataclass(frozen=True)
class ReportView:
    """A report: the figure of its plan, its axes with their rows, and the rows whose figures differ."""

    whole: ReportRowView | None
    waffle: Waffle | None
    groups: list[tuple[ReportRowView, list[ReportRowView]]]
    differing: list[ReportRowView]

    @property
    def sections(self) -> list[tuple[ReportRowView, list[ReportRowView]]]:
        """Return each axis with all its rows, its own first."""
        return [(axis, [axis, *rows]) for axis, rows in self.groups]

    @property
    def axes(self) -> list[ReportRowView]:
        """Return the axes of the report."""
        return [axis for axis, _rows in self.groups]


def build_report_view(report: ReportPage, plan: PlanPage, rows: Sequence[ReportRow]) -> ReportView:
    """Return the figures of ``report`` for its page."""
    below: dict[UUID | None, list[ReportRow]] = defaultdict(list)
    for row in rows:
        below[row.parent_key].append(row)
    lines = {row.key: _build_row_view(row, report, plan, rows, below) for row in rows}
    whole = next((lines[row.key] for row in rows if row.level == NodeLevel.PLAN), None)
    axes = [row for row in rows if row.level == NodeLevel.AXIS]
    return ReportView(
        whole=whole,
        waffle=build_waffle(whole.row.declared, whole.row.computed, _expected(report, plan))
        if whole
        else None,
        groups=[(lines[axis.key], [lines[row.key] for row in _descendants(axis, below)]) for axis in axes],
        differing=[lines[row.key] for row in rows if row.differs],
    )


def _build_row_view(
    row: ReportRow,
    report: ReportPage,
    plan: PlanPage,
    rows: Sequence[ReportRow],
    below: dict[UUID | None, list[ReportRow]],
) -> ReportRowView:
    expected = _expected(report, plan)
    assumed_start = plan.period_start if plan.is_start_assumed else None
    judged = None if assumed_start else expected
    view = build_figure_view(
        row,
        pace=find_pace(row.effective, row.stage, judged) if _has_data(row, below) else Pace.NONE,
        expected=expected,
        expected_on=report.cutoff,
        on=report.cutoff,
        assumed_start=assumed_start if expected is not None else None,
    )
    return ReportRowView(row, view, explain_difference(row, rows))


def _expected(report: ReportPage, plan: PlanPage) -> Decimal | None:
    return expected_on(report.cutoff, plan.period_start, plan.period_end) if report.cutoff else None


def _has_data(row: ReportRow, below: dict[UUID | None, list[ReportRow]]) -> bool:
    """Check whether the row, or any below it, has a reported value."""
    if row.declared is not None or row.stage:
        return True
    return any(_has_data(child, below) for child in below[row.key])


def _descendants(axis: ReportRow, below: dict[UUID | None, list[ReportRow]]) -> list[ReportRow]:
    return [found for child in below[axis.key] for found in (child, *below[child.key])]
