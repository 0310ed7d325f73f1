"""The reviews that wait for a user, and the pending work of an editor, with a fixed number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import (
    Case,
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.approval.models import SubmissionNote
from abierto.approval.models.task import filter_decidable_steps
from abierto.approval.review.space_index import SpaceIndex, build_space_index
from abierto.approval.review.steps import annotate_steps
from abierto.bundles.models import BundleItem, BundleStatus
from abierto.deadlines.due_reports import DueSummary, load_due_summary
from abierto.deadlines.models import DeadlineSettings
from abierto.delegation.services import reviewed_groups_condition
from abierto.tenancy.access import scope
from pages.plans.queries import annotate_names_above, find_unsent_drafts
from pages.updates.queries import annotate_update_periods

DEFAULT_REVIEW_DAYS: int = DeadlineSettings._meta.get_field("review_days").default


def find_waiting_reviews(user: User) -> QuerySet[TaskState]:
    """Return the reviews that ``user`` may decide on: none that she wrote, sent or approved before."""
    groups = Group.objects.filter(reviewed_groups_condition(user))
    tasks = filter_decidable_steps(groups.values("pk"), user)
    open_reviews: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
    )
    others = open_reviews.exclude(workflow_state__requested_by=user).exclude(revision__user=user)
    own = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        revision=OuterRef("revision"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    )
    # A user whose group already decided on the page of a bundle has nothing left to do there.
    return others.exclude(Exists(own)).filter(bundle_decision__isnull=True).order_by("started_at", "pk")


def page_number_case() -> Case:
    """Return the expression for the page id of a review; null for other content."""
    is_page = When(
        revision__base_content_type=get_default_page_content_type(),
        then=Cast("revision__object_id", IntegerField()),
    )
    return Case(is_page)


def annotate_details(reviews: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Annotate each review with the details of the listing, in the same query."""
    notes = SubmissionNote.objects.filter(workflow_state=OuterRef("workflow_state"))
    pages = Page.objects.filter(pk=OuterRef("page_number"))
    bundles = BundleItem.objects.filter(
        workflow_state=OuterRef("workflow_state"), bundle__status=BundleStatus.SENT
    )
    terms = DeadlineSettings.objects.order_by("pk").values("review_days")[:1]
    return (
        annotate_steps(reviews)
        .select_related("revision__user", "workflow_state__requested_by", "workflow_state__workflow__space")
        .defer("revision__content")
        .annotate(page_number=page_number_case())
        .annotate(page_path=Subquery(pages.values("path")[:1], output_field=CharField()))
        .annotate(
            note=Subquery(notes.values("text")[:1], output_field=CharField()),
            bundle_number=Subquery(bundles.order_by("-pk").values("bundle")[:1]),
            allowed_days=Coalesce(Subquery(terms), Value(DEFAULT_REVIEW_DAYS)),
            **annotate_names_above("page_path"),
        )
    )


def count_days_waiting(review: TaskState, now: datetime.datetime | None = None) -> int:
    """Return the whole days that a review has waited."""
    return ((now or timezone.now()) - review.started_at).days


def is_late(review: TaskState) -> bool:
    """Check whether a review of ``annotate_details`` has reached its deadline."""
    return count_days_waiting(review) >= int(review.allowed_days)


def review_url(review: TaskState) -> str:
    """Return the URL of the decision on a review of ``annotate_details``."""
    if review.bundle_number:
        return reverse("bundles:detail", args=[review.bundle_number])
    return reverse("approval:review", args=[review.pk])


MAX_SHOWN = 50


@dataclass(frozen=True)
class PendingWork:
    """Returned content, unsent drafts and due reports of one user.

    The lists are cut at ``MAX_SHOWN``, plus one that shows that there is more.
    """

    returned: list[WorkflowState]
    drafts: list[Page]
    due: DueSummary

    def __bool__(self) -> bool:
        return bool(self.returned or self.drafts or self.due.reports or self.due.proofs)


def load_pending_work(
    user: User, terms: DeadlineSettings, space_index: SpaceIndex | None = None
) -> PendingWork:
    """Return the pending work of ``user``. Six queries at most."""
    space_index = space_index or build_space_index(user)
    return PendingWork(
        returned=list(find_returned(user)[: MAX_SHOWN + 1]),
        drafts=list(find_own_drafts(user)[: MAX_SHOWN + 1]),
        due=load_due_summary(space_index, terms.remind_days, only_edited=True)
        if space_index.edited
        else DueSummary((), ()),
    )


def find_returned(user: User) -> QuerySet[WorkflowState]:
    """Return the content that a reviewer returned to ``user``, the oldest first."""
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


def find_own_drafts(user: User) -> QuerySet[Page]:
    """Return the drafts of ``user`` that were never submitted, the oldest first."""
    own = Q(latest_revision__user=user) | Q(latest_revision__isnull=True, owner=user)
    return scope(find_unsent_drafts().filter(own), user).annotate(**annotate_update_periods("path"))
