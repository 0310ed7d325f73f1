"""«Qué me falta»: what an editor has still to do, with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.deadlines.due_reports import Owed, owed
from abierto.deadlines.models import DeadlineSettings
from abierto.tenancy.access import scope
from abierto.tenancy.space_index import Houses, houses
from pages.core.queries import names_above

SHOWN = 50


@dataclass(frozen=True)
class Missing:
    """What came back, what was never sent, and what the commitments of one's spaces owe.

    The lists are cut at ``SHOWN``, plus one that tells that there is more.
    """

    returned: list[WorkflowState]
    drafts: list[Page]
    owed: Owed

    def __bool__(self) -> bool:
        return bool(self.returned or self.drafts or self.owed.reports or self.owed.proofs)


def missing(user: User, terms: DeadlineSettings, known: Houses | None = None) -> Missing:
    """Return what ``user`` has still to do. Six queries at most, whatever there is."""
    known = known or houses(user)
    return Missing(
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


def unsent_drafts() -> QuerySet[Page]:
    """Return the pages with something that nobody was asked to review, the oldest first."""
    under_way = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=OuterRef("number"),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    unpublished: QuerySet[Page] = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return (
        unpublished.filter(alias_of__isnull=True, latest_revision__approved_go_live_at__isnull=True)
        .annotate(number=Cast("pk", CharField()))
        .exclude(Exists(under_way))
        .annotate(**names_above("path"))
        .order_by("latest_revision_created_at", "pk")
    )
