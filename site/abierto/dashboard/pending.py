"""«Qué me falta»: what an editor has still to do, with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.review.space_index import SpaceIndex, build_space_index
from abierto.deadlines.due_reports import Owed, owed
from abierto.deadlines.models import DeadlineSettings
from abierto.tenancy.access import scope
from pages.plans.queries import unsent_drafts

SHOWN = 50


@dataclass(frozen=True)
class PendingWork:
    """What came back, what was never sent, and what the commitments of one's spaces owe.

    The lists are cut at ``SHOWN``, plus one that tells that there is more.
    """

    returned: list[WorkflowState]
    drafts: list[Page]
    owed: Owed

    def __bool__(self) -> bool:
        return bool(self.returned or self.drafts or self.owed.reports or self.owed.proofs)


def pending_work(user: User, terms: DeadlineSettings, known: SpaceIndex | None = None) -> PendingWork:
    """Return what ``user`` has still to do. Six queries at most, whatever there is."""
    known = known or build_space_index(user)
    return PendingWork(
        returned=list(returned_to(user)[: SHOWN + 1]),
        drafts=list(drafts_of(user)[: SHOWN + 1]),
        owed=owed(known, known.edits, terms.remind_days) if known.edited else Owed((), ()),
    )


def returned_to(user: User) -> QuerySet[WorkflowState]:
    """Return what a reviewer sent back to ``user``, with the reason, the oldest first."""
    sent_back: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES
    ).filter(Q(requested_by=user) | Q(current_task_state__revision__user=user))
    return (
        scope(sent_back, user)
        .select_related(
            "current_task_state__finished_by", "current_task_state__revision", "current_task_state__task"
        )
        .defer("current_task_state__revision__content")
        .order_by("current_task_state__finished_at", "pk")
    )


def drafts_of(user: User) -> QuerySet[Page]:
    """Return the drafts that ``user`` wrote and nobody was asked to review, the oldest first."""
    hers = Q(latest_revision__user=user) | Q(latest_revision__isnull=True, owner=user)
    return scope(unsent_drafts().filter(hers), user)
