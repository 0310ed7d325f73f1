"""The context of a roadmap: its steps, its progress and the checks of its secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from abierto.registry.models import Municipality, StepList
from abierto.tenancy.declared_reads import declared_reads
from blocks.evidence import EvidenceValue
from pages.charts.badges import Badge
from pages.core.base import BasePageQuerySet
from pages.core.evidence import read_evidence
from pages.matrices.queries import find_tree_and_matrix_keys
from pages.observations.display import JOINED, build_observation_views, find_keys_about

from .enums import CheckOutcome, StepStatus
from .models import RoadmapPage, RoadmapStep
from .queries import find_secretariat, read_secretariat_facts
from .rules import Check, StepFact, find_out_of_order, find_reached, lacks_documents, run_checks

#: The badges of a status and of an outcome, by their classes in ``static/abierto.css``.
STATUS_SHAPES = {
    StepStatus.UNKNOWN: "none",
    StepStatus.PENDING: "none",
    StepStatus.UNDERWAY: "stage",
    StepStatus.DONE: "done",
    StepStatus.NOT_APPLICABLE: "on",
}
OUTCOME_SHAPES = {CheckOutcome.MET: "done", CheckOutcome.FAILED: "low", CheckOutcome.UNKNOWN: "none"}


@dataclass(frozen=True)
class StepView:
    """A step as the page shows it."""

    row: RoadmapStep
    fact: StepFact
    evidence: Sequence[EvidenceValue]
    is_out_of_order: bool
    #: The public trees and matrices that the step makes, with their addresses.
    framework_pages: Sequence[tuple[Page, str]] = ()

    @property
    def badge(self) -> Badge:
        status = StepStatus(self.row.status)
        return Badge(STATUS_SHAPES[status], str(status.label))

    @property
    def lacks_documents(self) -> bool:
        return lacks_documents(self.fact)


@dataclass(frozen=True)
class CheckView:
    """A check with the badge of its outcome."""

    check: Check

    @property
    def badge(self) -> Badge:
        return Badge(OUTCOME_SHAPES[self.check.outcome], self.check.outcome_label)


def build_roadmap_context(page: RoadmapPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a roadmap, with nine queries at most, whatever the number of steps."""
    related, town = read_related(page), page.public_town
    steps = add_trees_and_matrices(build_step_views(page), related, request)
    return {
        "town": town,
        "list": find_public_list(page, steps),
        "steps": steps,
        "reached": find_reached(step.fact for step in steps),
        "done_count": sum(step.fact.status == StepStatus.DONE for step in steps),
        "observations": build_observation_views(related, timezone.localdate(), request),
        "checks": [CheckView(check) for check in build_checks(page, town)],
    }


def find_public_list(page: RoadmapPage, steps: Sequence[StepView]) -> StepList | None:
    """Return the step list of a roadmap if it is public, without a query if the roadmap has steps."""
    found: StepList | None = steps[0].row.step.step_list if steps else page.step_list
    return found if found is not None and found.live else None


def build_step_views(page: RoadmapPage) -> list[StepView]:
    """Return the public steps of a roadmap by number; their documents cost one query."""
    rows = [row for row in page.steps.select_related("step__step_list").all() if row.step.live]
    rows.sort(key=lambda row: (row.step.number, row.pk or 0))
    documents = read_evidence(row.evidence for row in rows)
    facts = [
        build_step_fact(row, sum(not paper.is_cited for paper in found))
        for row, found in zip(rows, documents, strict=True)
    ]
    late = find_out_of_order(facts)
    return [
        StepView(row, fact, found, fact.number in late)
        for row, fact, found in zip(rows, facts, documents, strict=True)
    ]


def read_related(page: RoadmapPage) -> list[Page]:
    """Return the public trees and matrices of the municipality, and the observations, with one query.

    They change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    keys = find_tree_and_matrix_keys(page).union(*find_keys_about(page))
    pages = BasePageQuerySet(Page).public().in_active_language().filter(pk__in=keys)
    with declared_reads():
        return list(pages.select_related("resultsmatrixpage", "problemtreepage", *JOINED).order_by("path"))


def add_trees_and_matrices(
    steps: Sequence[StepView], related: Sequence[Page], request: HttpRequest
) -> list[StepView]:
    """Add the trees and the matrices among ``related`` to the steps that make them."""
    trees, matrices = (
        [(page, page.get_url(request) or "") for page in related if hasattr(page, kind)]
        for kind in ("problemtreepage", "resultsmatrixpage")
    )
    return [
        replace(
            view,
            framework_pages=[
                *(trees if view.row.step.makes_trees else ()),
                *(matrices if view.row.step.makes_matrix else ()),
            ],
        )
        for view in steps
    ]


def build_step_fact(row: RoadmapStep, delivered: int) -> StepFact:
    """Return the facts of a step for the rules; a document that is only cited was not delivered."""
    return StepFact(row.step.number, row.status, row.done_on, len(row.step.wanted_documents), delivered)


def build_checks(page: RoadmapPage, town: Municipality | None) -> list[Check]:
    """Return the checks of the secretariat of the municipality as of today."""
    today = timezone.localdate()
    secretariat = find_secretariat(town) if town is not None else None
    if secretariat is None:
        return run_checks(None, today)
    oath = (page.oath_on, page.oath_before)
    return run_checks(
        read_secretariat_facts(secretariat, oath, today, is_complete=page.has_all_members), today
    )
