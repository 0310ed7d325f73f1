"""Querysets of pages annotated with the plan and the commitment above each page."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Greatest, Length, Substr
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from .commitments import CommitmentPage
from .models import PlanPage

# From an update up to its plan: commitment, axis, plan.
LEVELS = 3


def annotate_names_above(path: str) -> dict[str, Subquery]:
    """Return annotations for rows with the tree path of a page in ``path``.

    The paths of the ancestors are prefixes of the page's own path: no search is needed.
    """
    above = [
        Substr(OuterRef(path), 1, Greatest(Length(OuterRef(path)) - level * Page.steplen, Value(0)))
        for level in range(LEVELS + 1)
    ]
    plans = PlanPage.objects.filter(path__in=above)
    commitments = CommitmentPage.objects.filter(path__in=above)
    named = commitments.annotate(name=Concat("code", Value(" "), "draft_title", output_field=CharField()))
    return {
        "plan_name": Subquery(plans.order_by("-depth").values("draft_title")[:1]),
        "commitment_name": Subquery(named.order_by("-depth").values("name")[:1]),
    }


def find_unsent_drafts() -> QuerySet[Page]:
    """Return the pages with an unsubmitted draft, oldest first."""
    in_progress = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=OuterRef("number"),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    unpublished: QuerySet[Page] = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return (
        unpublished.filter(alias_of__isnull=True, latest_revision__approved_go_live_at__isnull=True)
        .annotate(number=Cast("pk", CharField()))
        .exclude(Exists(in_progress))
        .annotate(**annotate_names_above("path"))
        .order_by("latest_revision_created_at", "pk")
    )
