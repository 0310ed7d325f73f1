"""The context of a commitment page: figures, proof, responsible parties and published updates."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import own_public_condition, public_ids
from blocks.evidence import EvidenceValue
from pages.charts.line_chart import LineChart, build_line_chart
from pages.core.cache import cached_for_version
from pages.core.evidence import read_evidence
from pages.core.formatting import deadline, describe_dates, full_date
from pages.core.frame import build_frame
from pages.core.routing import find_own_paths
from pages.core.translation import source_language_condition
from pages.figures.differences import explain_difference
from pages.figures.models import ProgressFigure
from pages.history.trace import build_traces
from pages.matrices.display import IndicatorView, pick_last_measurements
from pages.matrices.queries import read_indicators
from pages.observations.display import JOINED, build_observation_views, find_keys_about
from pages.participation.gatherings import CoCreationTablePage
from pages.reports.inlines import ReportRow
from pages.reports.models import ReportKind, ReportPage
from pages.sharing.share_text import write_share_text
from pages.updates.models import ProgressUpdatePage

from .commitment_display import ActionView, build_action_view, build_points, tally_proof
from .commitment_references import find_references
from .commitments import CommitmentPage
from .continuity import (
    annotate_shown,
    find_successor_keys,
    list_successors,
    read_continued,
    record_places,
    with_plan_title,
)
from .display import build_live_figure_view
from .enums import PartyRole
from .models import PlanPage
from .status import find_figure_status, find_missed_deadline, find_schedule


@dataclass
class ReportedProgress:
    """The published progress of a commitment, oldest first."""

    updates: list[ProgressUpdatePage] = field(default_factory=list)
    in_reports: list[ReportRow] = field(default_factory=list)
    of_action: dict[UUID, list[EvidenceValue]] = field(default_factory=lambda: defaultdict(list))
    of_all: list[EvidenceValue] = field(default_factory=list)


def build_commitment_context(page: CommitmentPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a commitment."""
    plan = build_frame(request, page).plan
    related = read_related(page)
    rows = page.parties.select_related("institution", "person").order_by("sort_order", "pk")
    parties = [party for party in rows if party.is_public]
    context: dict[str, Any] = {
        "plan": plan,
        "responsible": [party for party in parties if party.role == PartyRole.RESPONSIBLE],
        "cocreating": [party for party in parties if party.role == PartyRole.COCREATING],
        "targets": list(page.sdg_targets.select_related("goal")),
        "continued": read_continued(page, request),
        "successors": list_successors(related, request),
        "origins": list_origins(related, request),
        "observations": build_observation_views(related, timezone.localdate(), request),
        "short_url": _short_url(page, plan, request),
        "share_text": f"{page.code} {page.title}",
    }
    actions = list(page.actions.order_by("number", "sort_order", "pk"))
    measures = plan is not None and plan.measures_progress
    reported = read_reported_progress(page) if measures else ReportedProgress()
    indicators = _build_indicators(page, actions, reported, request)
    context["indicator"] = indicators.get(page.indicator_key)
    if plan is None or not measures:
        return context | {
            "actions": [
                ActionView(action, None, "", [], [], indicators.get(action.indicator_key))
                for action in actions
            ]
        }
    return context | _build_progress_context(page, plan, actions, reported, indicators, request)


def read_related(page: CommitmentPage) -> list[Any]:
    """Return the public pages of other branches that a commitment shows, in tree order. One query.

    They are its co-creation tables, the observations on it and the commitments that continue it.
    """
    keys = find_origin_keys(page).union(*find_keys_about(page), find_successor_keys(page))
    pages = with_plan_title(annotate_shown(Page.objects.filter(pk__in=keys)))
    with declared_reads():
        found = list(pages.select_related("cocreationtablepage", "commitmentpage", *JOINED).order_by("path"))
    record_places(each for each in found if hasattr(each, "commitmentpage"))
    return [each for each in found if each.is_shown]


def find_origin_keys(commitment: Page) -> QuerySet[Any]:
    """Return the ids of the co-creation tables from which a commitment comes, in any language.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    same = Page.objects.filter(translation_key=commitment.translation_key).annotate(
        number=Cast("pk", CharField())
    )
    references = find_references(CoCreationTablePage, "commitments", CommitmentPage, same.values("number"))
    tables: QuerySet[Any] = CoCreationTablePage.objects.filter(Exists(references))
    return tables.order_by().values("pk")


def list_origins(related: Iterable[Any], request: HttpRequest) -> list[tuple[CoCreationTablePage, str]]:
    """Return the co-creation tables among ``related`` with their addresses, the earliest first."""
    tables = [page.cocreationtablepage for page in related if hasattr(page, "cocreationtablepage")]
    tables.sort(key=lambda table: (table.starts_on is None, table.starts_on or datetime.date.max))
    return [(table, table.get_url(request) or "") for table in tables]


def _build_indicators(
    page: CommitmentPage, actions: list[Any], reported: ReportedProgress, request: HttpRequest
) -> dict[UUID | None, IndicatorView]:
    """Return the public indicators of a commitment and its actions, with one query where there are any."""
    rows = read_indicators([page.indicator_key, *(action.indicator_key for action in actions)])
    found = [(part, update) for update in reported.updates for part in (update, *update.rows.all())]
    measured = pick_last_measurements(found, request)
    return {
        key: IndicatorView(row, measured.get(key), row.page.get_url(request) or "")
        for key, row in rows.items()
    }


def _build_progress_context(
    page: CommitmentPage,
    plan: PlanPage,
    actions: list[Any],
    reported: ReportedProgress,
    indicators: dict[UUID | None, IndicatorView],
    request: HttpRequest,
) -> dict[str, Any]:
    key = page.translation_key
    figures = _read_figures(plan, key)
    status = find_figure_status(figures.get(key), plan, timezone.localdate(), page)
    own = figures.get(key)
    views = [
        build_action_view(
            action,
            figures.get(action.translation_key),
            status,
            reported.of_action[action.translation_key],
            indicators.get(action.indicator_key),
        )
        for action in actions
    ]
    return {
        "view": build_live_figure_view(own, status, page.title) if own else None,
        "status": status,
        "period": _describe_schedule(page, plan),
        "missed": find_missed_deadline(
            plan,
            timezone.localdate(),
            own.reported_on if own else None,
            # A final report has a row for every commitment.
            has_final_report=any(row.page.kind == ReportKind.FINAL for row in reported.in_reports),
        ),
        "explanation": explain_difference(own, figures.values()) if own else None,
        "actions": views,
        "proof": tally_proof(views, reported.of_all),
        "evidence": reported.of_all,
        "own": own,
        "share_text": write_share_text(f"{page.code} {page.title}", own),
        "history": _build_chart(page, plan, actions, reported, request),
        "traces": build_traces(reported.updates, reported.in_reports, request, page),
        "citation": _citation(page, plan, request, own.reported_on if own else None),
    }


def _read_figures(plan: PlanPage, key: UUID) -> dict[UUID, ProgressFigure]:
    """Return the figure with this key and its children, from one cached query for the whole plan."""

    def read() -> dict[UUID, ProgressFigure]:
        # Each commitment uses its own figures only, so its page does not depend on the other branches.
        with declared_reads():
            return ProgressFigure.objects.of_plan(plan.translation_key).by_key()

    figures = cached_for_version(("plan figures", plan.translation_key), read)
    return {own: figure for own, figure in figures.items() if key in {own, figure.parent_key}}


def read_reported_progress(page: CommitmentPage) -> ReportedProgress:
    """Read the public updates of ``page``, its rows in public reports, and all the evidence."""
    reported = ReportedProgress()
    reported.updates = _read_updates(page)
    reported.in_reports = _read_report_rows(page)
    streams = [update.evidence for update in reported.updates]
    keyed = [row for update in reported.updates for row in update.rows.all()]
    pieces = read_evidence([*streams, *(row.evidence for row in keyed)])
    reported.of_all = [piece for found in pieces[: len(streams)] for piece in found]
    for row, found in zip(keyed, pieces[len(streams) :], strict=True):
        reported.of_action[row.action_key].extend(found)
    return reported


def _read_report_rows(page: CommitmentPage) -> list[ReportRow]:
    """Return the rows about ``page`` in public reports, in the order of their cut-off days."""
    rows = ReportRow.objects.filter(key=page.translation_key).select_related("page")
    rows = rows.order_by("page__cutoff", "pk")
    if not _is_open_source(page):
        return list(rows.filter(page__in=ReportPage.objects.public().in_active_language()))
    found = list(rows.filter(own_public_condition("page__"), source_language_condition("page__")))
    # Children of the public plan of the page need no further check of visibility; other pages do.
    plan_path = parent_path(page.path, 2)
    asked = {row.page_id for row in found if parent_path(row.page.path) != plan_path}
    hidden = asked - public_ids(asked)
    return [row for row in found if row.page_id not in hidden]


def _is_open_source(page: CommitmentPage) -> bool:
    """Check that the page was routed with nothing private above it, and is no translation."""
    is_routed = page.route_context is not None and page.route_context.is_open(page)
    return is_routed and page.locale.language_code == settings.LANGUAGE_CODE


def _read_updates(page: CommitmentPage) -> list[ProgressUpdatePage]:
    """Return the public updates of ``page``, oldest first; untranslated ones in the source language."""
    if _is_open_source(page):
        return _read_updates_below(page)
    below = [Q(path__startswith=path, depth=page.depth + 1) for path in find_own_paths(page)]
    updates = ProgressUpdatePage.objects.public().filter(reduce(or_, below)).prefetch_related("rows")
    found = list(updates.order_by("period_end", "path"))
    translated = {row.translation_key for row in found if row.path.startswith(page.path)}
    return [row for row in found if row.path.startswith(page.path) or row.translation_key not in translated]


def _read_updates_below(page: CommitmentPage) -> list[ProgressUpdatePage]:
    """Return the public updates of a public page; an alias is public only if its source is."""
    below = ProgressUpdatePage.objects.child_of(page).filter(own_public_condition()).prefetch_related("rows")
    found = list(below.order_by("period_end", "path"))
    aliases = {row.pk for row in found if row.alias_of_id is not None}
    hidden = aliases - public_ids(aliases)
    return [row for row in found if row.pk not in hidden]


def _build_chart(
    page: CommitmentPage, plan: PlanPage, actions: list[Any], reported: ReportedProgress, request: HttpRequest
) -> LineChart:
    found = build_points(
        [(update, update.get_url(request) or "") for update in reported.updates],
        [(row, row.page.get_url(request) or "") for row in reported.in_reports],
        actions,
        plan.rules,
    )
    schedule = find_schedule(plan, page)
    return build_line_chart(found, schedule.start, schedule.end)


def _describe_schedule(page: CommitmentPage, plan: PlanPage) -> str:
    """Write the dates of the commitment or, without any, the deadline of its plan."""
    if own := describe_dates(page.start, page.end):
        return own
    if plan.period_end is None:
        return _("El documento no da fechas.")
    return _("Meta del plan: %(end)s.") % {"end": deadline(plan.period_end)}


def _short_url(page: CommitmentPage, plan: PlanPage | None, request: HttpRequest) -> str:
    """Return the stable address; the preview of a draft may not have a code to make one of."""
    own = page_url(page, request)
    if plan is None:
        return own
    try:
        return absolute_url(reverse("pages:commitment", args=[plan.key, page.code]))
    except NoReverseMatch:
        return own


def _citation(page: CommitmentPage, plan: PlanPage, request: HttpRequest, day: datetime.date | None) -> str:
    parts = {
        "portal": build_frame(request, page).portal.name,
        "code": page.code,
        "title": page.title,
        "day": full_date(day),
        "url": _short_url(page, plan, request),
    }
    if day is None:
        return _("%(portal)s. Compromiso %(code)s, «%(title)s». %(url)s") % parts
    return _("%(portal)s. Compromiso %(code)s, «%(title)s». Cifras al %(day)s. %(url)s") % parts
