"""Of which plan and commitment a page is, told in the same query that lists it."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Greatest, Length, Substr
from wagtail.models import Page

from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage

# From an update up to its plan: commitment, axis, plan.
LEVELS = 3


def names_above(path: str) -> dict[str, Subquery]:
    """Return what to annotate on rows that hold the tree path of a page in ``path``.

    The paths of a page and of those above it are known from its own: nothing is searched for.
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
