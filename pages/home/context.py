"""The context of the home page: current plan, axes, municipalities and latest updates."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from abierto.tenancy.tree_paths import parent_path
from pages.charts.tile_map import build_legend
from pages.core.cache import cached_for_version
from pages.figures.differences import explain_difference
from pages.municipalities.queries import build_municipality_tiles, read_towns
from pages.plans.commitments import CommitmentPage
from pages.plans.context import build_axis_views, build_whole_plan, find_tree_deadline, read_tree
from pages.plans.models import PlanPage
from pages.updates.display import LatestUpdate, build_latest_update
from pages.updates.models import ProgressUpdatePage

from .models import HomePage

LATEST = 4


def build_home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the home page."""
    # Shared until something public changes; words depend on the language, addresses on the host.
    language = get_language()
    plan = cached_for_version(("current plan", page.pk), lambda: find_current_plan(page))
    context = {
        "tiles": cached_for_version(
            ("municipality tiles", language, request.get_host()),
            lambda: build_municipality_tiles(read_towns(request)),
        ),
        "key": build_legend(),
        "updates": cached_for_version(
            ("latest updates", page.pk, language, request.get_host()),
            lambda: build_latest_updates(page, request),
        ),
    }
    if plan is None:
        return context
    today = timezone.localdate()
    tree = cached_for_version(("plan tree", plan.pk), lambda: read_tree(plan, with_parties=False))
    figure = tree.figures.get(plan.translation_key)
    return context | {
        "plan": plan,
        "plan_url": plan.get_url(request),
        "view": build_whole_plan(tree, today),
        "explanation": explain_difference(figure, tree.figures.values()) if figure else None,
        "axes": cached_for_version(
            ("home axes", plan.pk, language, request.get_host()),
            lambda: build_axis_views(tree, today, request),
        ),
        "commitment_count": len(tree.commitments),
        "missed": find_tree_deadline(tree, today),
    }


def find_current_plan(page: HomePage) -> PlanPage | None:
    """Return the current plan of the home page, in the language of the page where it is translated."""
    chosen = PlanPage.objects.filter(pk=page.current_plan_id)
    same = PlanPage.objects.public().filter(translation_key__in=chosen.values("translation_key"))
    plans = {
        plan.locale_id: plan for plan in same.filter(Q(pk=page.current_plan_id) | Q(locale=page.locale_id))
    }
    return plans.get(page.locale_id) or next(iter(plans.values()), None)


def build_latest_updates(page: HomePage, request: HttpRequest) -> list[LatestUpdate]:
    """Return the newest public updates by the last day of their period, each with its commitment."""
    updates = list(
        ProgressUpdatePage.objects.public()
        .descendant_of(page)
        .order_by("-period_end", "-last_published_at", "-path")[:LATEST]
    )
    paths = [parent_path(update.path) for update in updates]
    commitments = {
        commitment.path: commitment for commitment in CommitmentPage.objects.filter(path__in=paths)
    }
    return [
        build_latest_update(update, commitments[path], update.get_url(request) or "")
        for update, path in zip(updates, paths, strict=True)
        if path in commitments
    ]
