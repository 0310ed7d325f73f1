"""The context of the page of a progress update."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import public_condition
from pages.core.evidence import read_evidence
from pages.core.formatting import describe_period, percent
from pages.core.frame import may_name
from pages.figures.display import figure_name
from pages.figures.models import ProgressFigure
from pages.history.trace import build_traces
from pages.matrices.display import build_measured_view
from pages.matrices.queries import read_indicators
from pages.observations.display import read_observations
from pages.plans.commitments import CommitmentPage

from .display import build_row_view
from .models import ProgressUpdatePage


def build_update_context(page: ProgressUpdatePage, request: HttpRequest) -> dict[str, Any]:
    """Build the rows of an update and its responsible parties."""
    above = CommitmentPage.objects.filter(path=parent_path(page.path))
    commitment = above.annotate(is_public=public_condition()).first()
    if commitment is not None and not may_name(commitment, request):
        commitment = None
    actions = {action.translation_key: action for action in commitment.actions.all()} if commitment else {}
    rows = list(page.rows.order_by("sort_order", "pk"))
    own, *pieces = read_evidence([page.evidence, *(row.evidence for row in rows)])
    figures = ProgressFigure.objects.by_key(row.action_key for row in rows)
    indicators = read_indicators([page.indicator_key, *(row.indicator_key for row in rows)])
    lines = []
    for row, evidence in zip(rows, pieces, strict=True):
        action, figure = actions.get(row.action_key), figures.get(row.action_key)
        number = str(action.number) if action else ""
        name = figure_name(figure) if figure else number
        indicator = build_measured_view(row, indicators.get(row.indicator_key))
        lines.append(build_row_view(row, number, action.title if action else "", name, evidence, indicator))
    return {
        "commitment": commitment,
        "commitment_url": commitment.get_url(request) if commitment else "",
        "declared": percent(page.declared),
        "period": describe_period(page.period_start, page.period_end),
        "lines": lines,
        "indicator": build_measured_view(page, indicators.get(page.indicator_key)),
        "evidence": own,
        "has_evidence": bool(own) or any(pieces),
        "observations": read_observations(page, request),
        "steps": build_traces([page], [], request, page)[0].steps,
    }
