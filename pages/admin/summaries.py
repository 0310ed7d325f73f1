"""Summaries of commitments for the listings, loaded in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from abierto.tenancy.tree_paths import parent_path
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage, find_plan_path, find_statuses
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from pages.plans.status import FigureStatus


@dataclass(frozen=True)
class CommitmentSummary:
    """A commitment with its plan, axis, parties, figure and status."""

    plan: PlanPage | None
    axis: AxisPage | None
    parties: tuple[str, ...]
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
    plans = _by_path(PlanPage, {find_plan_path(page) for page in listed})
    figures = ProgressFigure.objects.by_key(page.translation_key for page in listed)
    rows = find_statuses(listed, plans, figures, timezone.localdate())
    statuses = {row.page.pk: row.status for row in rows}
    parties = _list_parties(listed)
    return {
        page.pk: CommitmentSummary(
            plan=plans.get(find_plan_path(page)),
            axis=axes.get(parent_path(page.path)),
            parties=tuple(parties[page.pk]),
            figure=figures.get(page.translation_key),
            # A commitment without a figure is not public and owes no report.
            status=statuses.get(page.pk) if page.translation_key in figures else None,
        )
        for page in listed
    }


def _by_path[Kind: Page](model: type[Kind], paths: set[str]) -> dict[str, Kind]:
    return {page.path: page for page in model.objects.filter(path__in=paths)}


def _list_parties(commitments: list[CommitmentPage]) -> dict[int, list[str]]:
    """Return the names of the parties of each commitment, the responsible first, others with their role."""
    names: dict[int, list[str]] = defaultdict(list)
    parties = CommitmentParty.objects.filter(page__in=[page.pk for page in commitments])
    found = parties.select_related("institution").order_by("sort_order", "pk")
    for party in sorted(found, key=lambda party: party.role != PartyRole.RESPONSIBLE):
        name = party.institution.short_name
        if party.role != PartyRole.RESPONSIBLE:
            name = f"{name} ({party.get_role_display().lower()})"
        if name not in names[party.page_id]:
            names[party.page_id].append(name)
    return names
