"""The page with all proofs of a plan."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.core.cache import mark_cacheable
from pages.core.formatting import short_plan_name
from pages.core.frame import FrameLink, extend_view_frame
from pages.core.rendering import render_view
from pages.plans.keys import plan_filter
from pages.plans.models import PlanPage

from .queries import read_proofs


@require_safe
def proofs(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Show every public piece of evidence of a plan, with its date and its site."""
    plan = find_public_plan(plan_slug)
    if plan is None or not plan.measures_progress:
        raise Http404
    groups = read_proofs(plan, request)
    values = [proof.value for group in groups for proof in group.proofs]
    linked = sum(bool(value.address) for value in values)
    above = FrameLink(short_plan_name(plan.title), plan.get_url(request) or "")
    extend_view_frame(request, _("Pruebas"), reverse("pages:proofs", args=[plan.key]), above)
    context = {
        "plan": plan,
        "plan_url": above.url,
        "groups": groups,
        "linked_count": linked,
        "cited_count": len(values) - linked,
    }
    return mark_cacheable(render_view(request, "proofs/plan.html", context))


def find_public_plan(key: str) -> PlanPage | None:
    """Return the public plan with this key, in the visitor's language where it is translated."""
    plans = list(
        PlanPage.objects.public().filter(**plan_filter(key), alias_of__isnull=True).select_related("locale")
    )
    own = next((plan for plan in plans if plan.locale.language_code == get_language()), None)
    return own or next(iter(plans), None)
