"""«Nuevo plan a partir de otro»: the structure of a plan as drafts for another period.

It copies the axes, and the chosen commitments and actions with their texts, institutions and goals. It does
not copy what was reported (updates, reports, figures, evidence), the people of the old period, and free
content (``body``), which has figures and files of the old period. Each copy names the page it continues.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.progress.calendars import add_months
from abierto.tenancy.access import scope
from pages.core.base import BasePage

from .commitments import CommitmentPage
from .enums import CommitmentOutcome
from .inlines import CommitmentAction, CommitmentParty
from .models import AxisPage, PlanPage

#: The fields that a new plan takes from the old one; dates are moved to the new period.
PLAN_FIELDS = (
    "level", "kind", "objective", "summary", "source_note", "roll_up", "stage_counts_as",
    "missing_counts_as", "cadence_months", "grace_days",
)  # fmt: skip
AXIS_FIELDS = ("title", "slug", "code", "summary", "justification", "objective", "expected_effect")
COMMITMENT_FIELDS = (
    "title", "slug", "code", "summary", "official_name", "problem", "objective", "citizen_purpose",
    "relevance", "cadence_months", "sdg_note",
)  # fmt: skip
ACTION_FIELDS = ("number", "sort_order", "title", "text", "deliverable", "weight", "means")
PARTY_FIELDS = ("role", "institution", "sort_order")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class PlanProposal:
    """The title and the period of a new plan."""

    title: str
    period_start: datetime.date | None
    period_end: datetime.date | None


def propose_plan(source: PlanPage) -> PlanProposal:
    """Return the period of the same length after that of ``source``, and its title with the years moved."""
    if source.period_start is None or source.period_end is None:
        return PlanProposal(source.title, None, None)
    start = source.period_end + datetime.timedelta(days=1)
    months = count_months(source.period_start, start)
    end = add_months(start, months) - datetime.timedelta(days=1)
    return PlanProposal(shift_years(source.title, start.year - source.period_start.year), start, end)


def count_months(start: datetime.date, end: datetime.date) -> int:
    """Return the number of months from the month of ``start`` to that of ``end``."""
    return (end.year - start.year) * 12 + end.month - start.month


def shift_years(text: str, years: int) -> str:
    """Return ``text`` with every year of four digits moved by ``years``."""
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


type Branch = tuple[AxisPage, list[CommitmentPage]]


def read_branches(source: PlanPage, user: User) -> list[Branch]:
    """Return the axes of a plan with their commitments, as ``user`` may copy them."""
    axes = read_children(source, AxisPage, user)
    return [(axis, read_children(axis, CommitmentPage, user)) for axis in axes]


def choose_by_outcome(branches: list[Branch]) -> list[CommitmentPage]:
    """Return the commitments that a next plan takes over by default: the rescheduled ones, else all."""
    commitments = [page for _axis, pages in branches for page in pages]
    rescheduled = [page for page in commitments if page.outcome == CommitmentOutcome.RESCHEDULED]
    return rescheduled or commitments


def describe_commitment(page: CommitmentPage) -> str:
    """Return the code and title of a commitment, and how it ended."""
    ended = f" ({page.get_outcome_display()})" if page.outcome else ""
    return f"{page.code} {page.title}{ended}"


@transaction.atomic
def start_plan(
    source: PlanPage,
    title: str,
    start: datetime.date,
    end: datetime.date,
    user: User,
    chosen: Collection[int] | None = None,
) -> PlanPage:
    """Create a draft plan beside ``source`` with its structure, as drafts of ``user``, and return it.

    Raises:
        ValidationError: on its field, when the period is reversed.
    """
    months = count_months(source.period_start, start) if source.period_start else 0

    def move(day: datetime.date | None) -> datetime.date | None:
        return add_months(day, months) if day is not None and source.period_start else None

    plan = PlanPage(title=title, period_start=start, period_end=end, **read_fields(source, PLAN_FIELDS))
    plan.continues_id = source.pk
    index = source.get_parent().specific
    plan.intended_parent = index
    plan.clean()
    add_draft(index, plan, source, user)
    for axis, commitments in read_branches(source, user):
        taken = commitments if chosen is None else [page for page in commitments if page.pk in chosen]
        # An axis without commitments is copied only when nothing was left out of it.
        if not taken and commitments:
            continue
        copied = AxisPage(**read_fields(axis, AXIS_FIELDS))
        add_draft(plan, copied, axis, user)
        for commitment in taken:
            add_draft(copied, copy_commitment(commitment, move), commitment, user)
    return plan


def read_children[Kind: BasePage](parent: Page, model: type[Kind], user: User) -> list[Kind]:
    """Return the public pages of a type under a public page; under a draft, those in scope of ``user``."""
    children = model.objects.child_of(parent).filter(alias_of__isnull=True).order_by("path")
    if parent.live:
        return list(children.filter(live=True))
    found = scope(children, user)
    return [page if page.live else page.get_latest_revision_as_object() for page in found]


def copy_commitment(
    source: CommitmentPage, move: Callable[[datetime.date | None], datetime.date | None]
) -> CommitmentPage:
    """Return an unsaved copy of a commitment with its actions, institutions and goals."""
    copied = CommitmentPage(
        **read_fields(source, COMMITMENT_FIELDS),
        continues_id=source.pk,
        start=move(source.start),
        end=move(source.end),
    )
    copied.actions = [
        CommitmentAction(**read_fields(row, ACTION_FIELDS), start=move(row.start), end=move(row.end))
        for row in source.actions.all()
    ]
    # An institution that left before the end of the plan does not answer for the next one.
    current = [row for row in source.parties.all() if row.valid_until is None]
    copied.parties = [CommitmentParty(**read_fields(row, PARTY_FIELDS)) for row in current]
    copied.sdg_targets = list(source.sdg_targets.all())
    return copied


def read_fields(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def add_draft(parent: BasePage, page: BasePage, source: BasePage, user: User) -> None:
    """Add a new page under ``parent`` as a draft of ``user``, in the language of ``source``."""
    page.live, page.owner, page.locale = False, user, source.locale
    page.intended_parent = parent
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
