"""Integrity check of the board: compute the figures of each municipality again from its own pages."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from abierto.board.queries import read_board
from abierto.registry.models import Municipality
from pages.municipalities.models import MicrositePage
from pages.observations.enums import ObservationState
from pages.observations.models import ObservationAnswerPage, ObservationPage
from pages.observations.rules import find_state
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.roadmaps.context import build_step_views
from pages.roadmaps.models import RoadmapPage
from pages.roadmaps.queries import find_secretariat
from pages.roadmaps.rules import find_reached
from pages.updates.models import ProgressUpdatePage

from .findings import IntegrityFinding

FIX = "Avisa al equipo técnico: el tablero de los municipios no dice lo que dicen las páginas."
Values = dict[str, Any]


def find_board_differences() -> Iterator[IntegrityFinding]:
    """Yield the figures of the board that differ from the pages of a municipality."""
    rows = {row.code: row for row in read_board(timezone.localdate())}
    for town in Municipality.objects.public().order_by("name"):
        row = rows.get(town.code)
        if row is None:
            yield IntegrityFinding(f"El tablero no tiene a «{town}».", FIX)
            continue
        for name, value in recompute(town).items():
            if getattr(row, name) != value:
                yield IntegrityFinding(f"El tablero dice otra cosa de «{town}»: {name}.", FIX)


def recompute(town: Municipality) -> Values:
    """Return the figures of one municipality as its own pages show them."""
    site = MicrositePage.objects.public().source_language().filter(municipality=town).last()
    secretariat = find_secretariat(town)
    roadmap = find_roadmap(town, site)
    views = build_step_views(roadmap) if roadmap is not None else []
    plans: Values = {"plan_title": "", "last_update_on": None, "late": 0}
    return {
        "has_secretariat": secretariat is not None,
        "valid_until": secretariat.valid_until if secretariat is not None else None,
        "has_roadmap": roadmap is not None,
        "declaration": roadmap.declaration if roadmap is not None else "",
        "steps": len(views),
        "reached": find_reached(view.fact for view in views),
        **recompute_observations(site, roadmap),
        **(recompute_plans(site) if site is not None else plans),
    }


def find_roadmap(town: Municipality, site: MicrositePage | None) -> RoadmapPage | None:
    """Return the public roadmap of a municipality: below its microsite, else of its own."""
    pages = RoadmapPage.objects.public().source_language()
    below = pages.child_of(site).first() if site is not None else None
    return below or pages.filter(municipality=town).last()


def recompute_observations(site: MicrositePage | None, roadmap: RoadmapPage | None) -> Values:
    """Return the numbers of open and late observations about the pages of a municipality."""
    paths = tuple(page.path for page in (site, roadmap) if page is not None)
    counts: Counter[ObservationState] = Counter()
    for page in ObservationPage.objects.public().source_language().select_related("subject"):
        if paths and page.subject is not None and page.subject.path.startswith(paths):
            answers = ObservationAnswerPage.objects.public().filter(observation=page)
            counts[
                find_state(page.due_on, page.closed_on, timezone.localdate(), is_answered=answers.exists())
            ] += 1
    return {
        "open_observations": counts[ObservationState.OPEN],
        "late_observations": counts[ObservationState.LATE],
    }


def recompute_plans(site: MicrositePage) -> Values:
    """Return the last plan of a microsite, the day of its last update, and its late commitments."""
    plans = list(PlanPage.objects.public().source_language().descendant_of(site))
    plans.sort(key=lambda plan: (plan.period_start or datetime.date.min, plan.pk))
    updates = ProgressUpdatePage.objects.public().source_language().descendant_of(site)
    commitments = CommitmentPage.objects.public().source_language().descendant_of(site)
    statuses = commitments.with_status(timezone.localdate(), plans)
    return {
        "plan_title": plans[-1].title if plans else "",
        "last_update_on": max((update.period_end for update in updates if update.period_end), default=None),
        "late": sum(row.status.is_late for row in statuses),
    }
