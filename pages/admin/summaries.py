"""Summaries of commitments for the listings, loaded in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from abierto.tenancy.tree_paths import parent_path
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from pages.plans.status import FigureStatus, figure_status


@dataclass(frozen=True)
class CommitmentSummary:
    """A commitment with its plan, axis, responsible institutions, figure and status."""

    plan: PlanPage | None
    axis: AxisPage | None
    responsible: tuple[str, ...]
    figure: ProgressFigure | None
    status: FigureStatus | None

    @property
    def is_late(self) -> bool:
        """Check whether the report of the commitment is late."""
        return self.status is not None and self.status.is_late


def summarize_commitments(commitments: Iterable[CommitmentPage]) -> dict[int, CommitmentSummary]:
    """Return a summary for each of ``commitments``, by primary key. Four queries."""
    listed = list(commitments)
    axes = _by_path(AxisPage, {parent_path(page.path) for page in listed})
    plans = _by_path(PlanPage, {parent_path(axis.path) for axis in axes.values()})
    figures = ProgressFigure.objects.by_key(page.translation_key for page in listed)
    responsible = _responsible(listed)
    summaries = {}
    for page in listed:
        axis = axes.get(parent_path(page.path))
        plan = plans.get(parent_path(axis.path)) if axis else None
        figure = figures.get(page.translation_key)
        summaries[page.pk] = CommitmentSummary(
            plan=plan,
            axis=axis,
            responsible=tuple(responsible[page.pk]),
            figure=figure,
            status=_find_status(page, plan, figure),
        )
    return summaries


def _by_path[Kind: Page](model: type[Kind], paths: set[str]) -> dict[str, Kind]:
    return {page.path: page for page in model.objects.filter(path__in=paths)}


def _responsible(commitments: list[CommitmentPage]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    parties = CommitmentParty.objects.filter(
        page__in=[page.pk for page in commitments], role=PartyRole.RESPONSIBLE
    )
    for party in parties.select_related("institution").order_by("sort_order", "pk"):
        names[party.page_id].append(party.institution.short_name)
    return names


def _find_status(
    page: CommitmentPage, plan: PlanPage | None, figure: ProgressFigure | None
) -> FigureStatus | None:
    """Return the figure status of a public commitment; a non-public one without a figure owes no report."""
    if plan is None or figure is None:
        return None
    return figure_status(figure, plan, timezone.localdate(), page)
