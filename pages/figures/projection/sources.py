"""Read the public data of a plan: its tree, its updates and its reports.

Everything is read from the pages of the source language: figures are the same in every language, and a
translation may be behind. The number of queries does not depend on the size of the plan.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from wagtail.models import Page

from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import filter_public
from pages.core.translation import source_language_condition
from pages.figures.decimals import as_published
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.inlines import ReportRow
from pages.updates.models import ProgressUpdatePage


@dataclass(frozen=True)
class Declared:
    """A declared figure with its day and its note."""

    figure: Decimal
    day: datetime.date
    note: str = ""


@dataclass
class Sources:
    """The live pages of one plan, and what was declared about each of its parts."""

    plan: PlanPage
    axes: list[AxisPage]
    commitments: dict[str, list[CommitmentPage]]
    updates: dict[str, list[ProgressUpdatePage]]
    declared: dict[UUID, Declared] = field(default_factory=dict)

    def updates_of(self, commitment: CommitmentPage) -> list[ProgressUpdatePage]:
        """Return the live updates of ``commitment``, oldest first."""
        return self.updates.get(commitment.path, [])


def read_sources(plan: PlanPage, until: datetime.date | None = None) -> Sources:
    """Read everything live about ``plan``; with ``until``, only updates that end on or before that day."""
    axes = list(AxisPage.objects.public().source_language().child_of(plan).order_by("path"))
    commitments: dict[str, list[CommitmentPage]] = defaultdict(list)
    promised = CommitmentPage.objects.public().source_language().descendant_of(plan)
    for commitment in promised.order_by("path").prefetch_related("actions"):
        commitments[parent_path(commitment.path)].append(commitment)
    updates: dict[str, list[ProgressUpdatePage]] = defaultdict(list)
    reported = ProgressUpdatePage.objects.public().source_language().descendant_of(plan)
    if until is not None:
        reported = reported.filter(period_end__lte=until)
    for update in reported.order_by("period_end", "path").prefetch_related("rows"):
        updates[parent_path(update.path)].append(update)
    return Sources(plan, axes, commitments, updates)


def read_declared(sources: Sources) -> None:
    """Add what was declared: by the latest report for every part, by newer updates for commitments."""
    # As base pages: the module of the reports imports this one.
    below = Page.objects.child_of(sources.plan).filter(source_language_condition())
    reports = filter_public(below.filter(reportpage__cutoff__isnull=False))
    latest = reports.order_by("-reportpage__cutoff", "-path").values_list("pk", "reportpage__cutoff").first()
    if latest is not None:
        report_id, cutoff = latest
        for row in ReportRow.objects.filter(page_id=report_id).exclude(level="action"):
            if row.declared is not None:
                sources.declared[row.key] = Declared(as_published(row.declared), cutoff, row.note)
    read_declared_by_updates(sources)


def read_declared_by_updates(sources: Sources) -> None:
    """Add what the commitments' own updates declared, where nothing newer is known."""
    for commitment in _every(sources.commitments.values()):
        for update in sources.updates_of(commitment):
            if update.declared is None or update.period_end is None:
                continue
            known = sources.declared.get(commitment.translation_key)
            if known is None or known.day <= update.period_end:
                sources.declared[commitment.translation_key] = Declared(
                    as_published(update.declared), update.period_end, update.declared_note
                )


def _every(groups: Iterable[list[CommitmentPage]]) -> Iterable[CommitmentPage]:
    for group in groups:
        yield from group
