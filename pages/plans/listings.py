"""The lists that hang from one page: plans, the commitments of an axis, the rows of an update."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from abierto.tenancy.visibility import filter_public, public_condition
from pages.core.context import context_of
from pages.core.evidence import read_evidence
from pages.core.formatting import percent
from pages.core.frame import is_told, surroundings_of
from pages.declarations.models import DeclarationPage, SignatoryRole
from pages.figures.differences import explain
from pages.figures.display import name_of
from pages.figures.models import ProgressFigure
from pages.history.trace import traces
from pages.updates.display import update_line
from pages.updates.models import ProgressUpdatePage

from .commitments import CommitmentPage
from .context import responsible
from .display import commitment_row, plan_view, shown
from .models import AxisPage, PlanIndexPage, PlanPage
from .status import standing


@context_of(PlanIndexPage)
def plan_index_context(page: PlanIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the plans, newest first, each with its figure where it has one."""
    today = timezone.localdate()
    public = filter_public(PlanPage.objects.child_of(page))
    plans = list(public.order_by("-period_end", "-period_start", "path"))
    keys = [plan.translation_key for plan in plans]
    figures = {one.key: one for one in ProgressFigure.objects.filter(key__in=keys)}
    entries = []
    for plan in plans:
        figure = figures.get(plan.translation_key)
        view = plan_view(figure, standing(figure, plan, today), plan.title).figure if figure else None
        entries.append((plan, plan.get_url(request), view))
    return {"plans": entries}


@context_of(AxisPage)
def axis_context(page: AxisPage, request: HttpRequest) -> dict[str, Any]:
    """Return an axis with its commitments."""
    plan = surroundings_of(request, page).plan
    commitments = list(
        filter_public(CommitmentPage.objects.child_of(page))
        .prefetch_related("parties__institution")
        .order_by("path")
    )
    figures = {}
    if plan is not None and plan.measures_progress:
        key = page.translation_key
        found = ProgressFigure.objects.filter(Q(key=key) | Q(parent_key=key)).order_by("order")
        figures = {one.key: one for one in found}
    today = timezone.localdate()
    own = figures.get(page.translation_key)
    rows = [
        commitment_row(
            one,
            one.get_url(request) or "",
            figures.get(one.translation_key),
            standing(figures.get(one.translation_key), plan, today, one),
            responsible(one),
        )
        for one in commitments
        if plan is not None
    ]
    return {
        "plan": plan,
        "rows": rows,
        "names_responsible": any(row.responsible for row in rows),
        "view": shown(own, standing(own, plan, today), page.title) if own and plan else None,
        "explanation": explain(own, figures.values()) if own else None,
    }


@context_of(ProgressUpdatePage)
def update_context(page: ProgressUpdatePage, request: HttpRequest) -> dict[str, Any]:
    """Return what an update says of each action, and who stands behind it."""
    above = CommitmentPage.objects.filter(path=page.path[: -page.steplen])
    commitment = above.annotate(is_public=public_condition()).first()
    if commitment is not None and not is_told(commitment, request):
        commitment = None
    actions = {one.translation_key: one for one in commitment.actions.all()} if commitment else {}
    rows = list(page.rows.order_by("sort_order", "pk"))
    own, *pieces = read_evidence([page.evidence, *(row.evidence for row in rows)])
    figures = {
        one.key: one for one in ProgressFigure.objects.filter(key__in=[row.action_key for row in rows])
    }
    lines = []
    for row, evidence in zip(rows, pieces, strict=True):
        action, figure = actions.get(row.action_key), figures.get(row.action_key)
        number = str(action.number) if action else ""
        name = name_of(figure) if figure else number
        lines.append(update_line(row, number, action.title if action else "", name, evidence))
    return {
        "commitment": commitment,
        "commitment_url": commitment.get_url(request) if commitment else "",
        "declared": percent(page.declared),
        "lines": lines,
        "evidence": own,
        "has_evidence": bool(own) or any(pieces),
        "steps": traces([page], [], request)[0].steps,
    }


@context_of(DeclarationPage)
def declaration_context(page: DeclarationPage, request: HttpRequest) -> dict[str, Any]:
    """Return who signed a declaration and who witnessed it."""
    signed = page.signatories.select_related("institution", "person").order_by("sort_order", "pk")
    rows = [row for row in signed if row.is_public]
    return {
        "signatories": [row for row in rows if row.role == SignatoryRole.SIGNATORY],
        "witnesses": [row for row in rows if row.role == SignatoryRole.WITNESS],
    }
