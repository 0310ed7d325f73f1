"""The contexts of the pages of results matrices and problem trees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page

from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

from .display import IndicatorView, Measurement, pick_last_measurements
from .enums import LEVEL_ANCHORS, MatrixLevel
from .fields import MeasurementMixin
from .models import MatrixRow, ResultsMatrixPage
from .rules import NestedList, build_nested_list
from .trees import ProblemTreePage


@dataclass(frozen=True)
class Aim:
    """An aim with its indicators."""

    text: str
    indicators: Sequence[IndicatorView]


@dataclass(frozen=True)
class LevelView:
    """A level of the logical framework with its aims."""

    label: str
    anchor: str
    aims: Sequence[Aim] = field(default_factory=tuple)


def build_matrix_context(page: ResultsMatrixPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a matrix: all four levels, also the empty ones."""
    rows = list(page.rows.order_by("sort_order", "pk"))
    measured = read_measurements((row.translation_key for row in rows), request)
    return {"levels": build_levels(rows, measured)}


def build_levels(rows: Iterable[MatrixRow], measured: dict[UUID | None, Measurement]) -> list[LevelView]:
    """Return the four levels in their order; consecutive rows with the same objective are one aim."""
    known = list(rows)
    levels = []
    for level in MatrixLevel:
        own = groupby((row for row in known if row.level == level), key=lambda row: row.objective.strip())
        aims = [
            Aim(text, [IndicatorView(row, measured.get(row.translation_key)) for row in group])
            for text, group in own
        ]
        levels.append(LevelView(str(level.label), LEVEL_ANCHORS[level], aims))
    return levels


def read_measurements(keys: Iterable[UUID], request: HttpRequest) -> dict[UUID | None, Measurement]:
    """Return the last public measurement of each indicator, with two queries."""
    wanted = set(keys)
    updates = ProgressUpdatePage.objects.public().source_language()
    whole = updates.filter(indicator_key__in=wanted, measured__isnull=False)
    rows = UpdateRow.objects.filter(indicator_key__in=wanted, measured__isnull=False, page__in=updates)
    found: list[tuple[MeasurementMixin, Page]] = [
        (update, update) for update in whole.defer("evidence", "narrative")
    ]
    found += [(row, row.page) for row in rows.select_related("page").defer("evidence")]
    return pick_last_measurements(found, request)


@dataclass(frozen=True)
class TreeView:
    """A tree as nested lists: what it causes (``above``), and what causes it (``below``)."""

    center: str
    above: NestedList
    below: NestedList


def build_tree_context(page: ProblemTreePage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a tree of problems; without objectives there is one tree only."""
    problems = TreeView(page.problem, build_nested_list(page.effects), build_nested_list(page.causes))
    objectives = TreeView(page.objective, build_nested_list(page.ends), build_nested_list(page.means))
    return {"problems": problems, "objectives": objectives if page.has_objectives else None}
