"""What waits for a person's review, oldest first."""

import datetime

from django.contrib.auth.models import Group
from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask, SubmissionNote
from abierto.approval.review.steps import with_steps
from abierto.bundles.models import BundleItem, BundleStatus
from abierto.deadlines.models import DeadlineSettings
from abierto.delegation.services import groups_of_stand_in
from pages.plans.queries import annotate_names_above

USUAL_DAYS: int = DeadlineSettings._meta.get_field("review_days").default


def waiting_for(user: User) -> QuerySet[TaskState]:
    """Return the reviews on which ``user`` may decide: none of what she wrote, sent or approved before."""
    groups = Group.objects.filter(groups_of_stand_in(user))
    tasks = ReviewTask.objects.filter(active=True, groups__in=groups.values("pk"))
    open_reviews: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
    )
    others = open_reviews.exclude(workflow_state__requested_by=user).exclude(revision__user=user)
    hers = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        revision=OuterRef("revision"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    )
    # Whoever gave her word on a page of a bundle, or another of her group, has nothing left to do there.
    return others.exclude(Exists(hers)).filter(bundle_word__isnull=True).order_by("started_at", "pk")


def page_number() -> Case:
    """Return what tells, in a query of reviews, which page each is about; nothing for what is no page."""
    is_page = When(
        revision__base_content_type=get_default_page_content_type(),
        then=Cast("revision__object_id", IntegerField()),
    )
    return Case(is_page)


def with_details(reviews: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Add to each review what a listing tells of it, in the same query."""
    notes = SubmissionNote.objects.filter(workflow_state=OuterRef("workflow_state"))
    pages = Page.objects.filter(pk=OuterRef("page_number"))
    bundles = BundleItem.objects.filter(
        workflow_state=OuterRef("workflow_state"), bundle__status=BundleStatus.SENT
    )
    terms = DeadlineSettings.objects.order_by("pk").values("review_days")[:1]
    return (
        with_steps(reviews)
        .select_related("revision__user", "workflow_state__requested_by", "workflow_state__workflow__space")
        .defer("revision__content")
        .annotate(page_number=page_number())
        .annotate(page_path=Subquery(pages.values("path")[:1], output_field=CharField()))
        .annotate(
            note=Subquery(notes.values("text")[:1], output_field=CharField()),
            bundle_number=Subquery(bundles.order_by("-pk").values("bundle")[:1]),
            allowed_days=Coalesce(Subquery(terms), Value(USUAL_DAYS)),
            **annotate_names_above("page_path"),
        )
    )


def days_waiting(review: TaskState, now: datetime.datetime | None = None) -> int:
    """Return how many whole days a review has waited."""
    return ((now or timezone.now()) - review.started_at).days


def is_late(review: TaskState) -> bool:
    """Say whether a review of ``with_details`` has waited as long as it may."""
    return days_waiting(review) >= int(review.allowed_days)


def review_address(review: TaskState) -> str:
    """Return where a review of ``with_details`` is decided: on its own page, or with its bundle."""
    if review.bundle_number:
        return reverse("bundles:detail", args=[review.bundle_number])
    return reverse("approval:review", args=[review.pk])
