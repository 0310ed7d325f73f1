"""Propose the figures of a report as of its cut-off day, and recompute them while it is edited."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from wagtail.models import Locale

from abierto.progress.enums import NodeLevel
from abierto.progress.figures import Value
from abierto.progress.rollup import Node, Result, Rules, roll_up, walk
from abierto.progress.rounding import half_up
from pages.figures.decimals import as_published
from pages.figures.projection.sources import read_declared_by_updates, read_sources
from pages.figures.projection.tree import build_tree
from pages.plans.models import PlanPage

from .inlines import ReportRow

PLACES = 6


def propose_rows(plan: PlanPage, cutoff: datetime.date, locale: Locale) -> list[ReportRow]:
    """Return an unsaved row for each part of ``plan``, with the figures public on the day ``cutoff``.

    The figures declared in updates of commitments are proposed too; those of axes and of the plan are
    typed by the editor.
    """
    sources = read_sources(plan, until=cutoff)
    read_declared_by_updates(sources)
    rows: list[ReportRow] = []
    _collect(roll_up(build_tree(sources).root, plan.rules), None, rows)
    for row in rows:
        row.locale = locale
    return rows


def recompute(rows: Iterable[ReportRow], rules: Rules) -> None:
    """Recompute the computed figures of ``rows`` in place, from the declared ones."""
    rows = list(rows)
    by_key: dict[UUID | str, ReportRow] = {row.key: row for row in rows}
    for root in (row for row in rows if row.parent_key is None):
        for result in walk(roll_up(_node(root, rows), rules)):
            _fill(by_key[result.node.key], result)


def _node(row: ReportRow, rows: list[ReportRow]) -> Node:
    is_action = row.level == NodeLevel.ACTION
    return Node(
        level=NodeLevel.parse(row.level, NodeLevel.ACTION),
        key=row.key,
        code=row.code,
        label=row.label,
        value=Value(as_published(row.declared), row.stage) if is_action else Value(stage=row.stage),
        declared=None if is_action else as_published(row.declared),
        weight=row.weight,
        note=row.note,
        children=tuple(_node(child, rows) for child in rows if child.parent_key == row.key),
    )


def _fill(row: ReportRow, result: Result) -> None:
    row.computed = None if result.computed is None else half_up(result.computed, PLACES)
    row.effective = None if result.effective is None else half_up(result.effective, PLACES)
    row.differs = result.differs
    row.rule = str(result.rule)
    row.stage = result.stage


def _collect(result: Result, parent: UUID | str | None, rows: list[ReportRow]) -> None:
    node = result.node
    row = ReportRow(
        level=str(node.level),
        key=node.key,
        parent_key=parent,
        code=node.code,
        label=node.label,
        declared=node.value.percent if node.level is NodeLevel.ACTION else node.declared,
        weight=node.weight,
        note=node.note,
        sort_order=len(rows),
    )
    _fill(row, result)
    rows.append(row)
    for child in result.children:
        _collect(child, node.key, rows)
