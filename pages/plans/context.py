"""The contexts of the pages of plans, axes and the list of plans."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.registry.models import Institution, SDGGoal
from abierto.tenancy.visibility import filter_public
from pages.charts.badges import build_tile, count_by_pace, write_late_sentence
from pages.core.cache import cached_for_version
from pages.core.frame import build_frame
from pages.figures.differences import explain_difference
from pages.figures.models import ProgressFigure
from pages.reports.models import ReportKind, ReportPage
from pages.sharing.share_text import write_share_text

from .commitments import CommitmentPage
from .continuity import read_continued
from .display import (
    AxisView,
    CommitmentRow,
    build_axis_view,
    build_commitment_row,
    build_live_figure_view,
    build_plan_view,
)
from .enums import CommitmentOutcome, PartyRole
from .filters import CommitmentFilter
from .inlines import CommitmentParty
from .models import AxisPage, PlanIndexPage, PlanPage
from .proof_sites import read_proof_sites
from .quick_views import PARAMETER, build_quick_views
from .status import (
    FigureStatus,
    MissedDeadline,
    find_figure_status,
    find_figure_statuses,
    find_missed_deadline,
    has_data,
)


@dataclass
class PlanTree:
    """The public pages below a plan, read with one query and grouped by type."""

    plan: PlanPage
    axes: list[AxisPage] = field(default_factory=list)
    commitments: list[CommitmentPage] = field(default_factory=list)
    reports: list[ReportPage] = field(default_factory=list)
    #: Its results matrices and trees of problems.
    framework_pages: list[Page] = field(default_factory=list)
    figures: dict[UUID, ProgressFigure] = field(default_factory=dict)

    def commitments_of(self, axis: AxisPage) -> list[CommitmentPage]:
        """Return the commitments of ``axis``, in their order."""
        return [commitment for commitment in self.commitments if commitment.path.startswith(axis.path)]


def read_tree(plan: PlanPage, *, with_parties: bool = True) -> PlanTree:
    """Read what is public below ``plan``, the parties of its commitments, and its figures."""
    tree = PlanTree(plan)
    below = (
        filter_public(Page.objects.descendant_of(plan))
        .filter(depth__lte=plan.depth + 2)
        .select_related("axispage", "commitmentpage", "reportpage", "resultsmatrixpage", "problemtreepage")
        .order_by("path")
    )
    if with_parties:
        parties = CommitmentParty.objects.select_related("institution").order_by("sort_order", "pk")
        below = below.prefetch_related(Prefetch("commitmentpage__parties", queryset=parties))
    lists: dict[str, list[Any]] = {
        "axispage": tree.axes,
        "commitmentpage": tree.commitments,
        "reportpage": tree.reports,
        "resultsmatrixpage": tree.framework_pages,
        "problemtreepage": tree.framework_pages,
    }
    for page in below:
        for name, found in lists.items():
            if (specific := getattr(page, name, None)) is not None:
                found.append(specific)
    if plan.measures_progress:
        tree.figures = ProgressFigure.objects.of_plan(plan.translation_key).by_key()
    return tree


def build_plan_context(plan: PlanPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a plan."""
    today = timezone.localdate()
    tree = cached_for_version(("plan tree with parties", plan.pk), lambda: read_tree(plan))
    statuses = find_figure_statuses(tree.commitments, tree.figures, plan, today)
    filters = _build_filters(tree, statuses, request)
    shown = _filtered_ids(tree.commitments, filters)
    # Words depend on the language, addresses on the host; the rest on the version and the day.
    place = (plan.pk, get_language(), request.get_host())
    rows = cached_for_version(("plan rows", *place), lambda: _build_rows(tree, statuses, request))
    is_filtered = filters.is_bound and any(filters.data.get(name) for name in filters.filters)
    paces = [statuses[commitment.translation_key].pace for commitment in tree.commitments]
    view, groups = build_whole_plan(tree, today), _group_by_axis(tree, shown, rows)
    return {
        "view": view,
        "missed": find_tree_deadline(tree, today),
        "explanation": _explain_plan(tree),
        "axes": cached_for_version(("plan axes", *place), lambda: build_axis_views(tree, today, request)),
        "groups": groups,
        "table": _render_table(tree, view, groups, place),
        "filters": filters,
        "is_filtered": is_filtered,
        "quick_views": build_quick_views(
            [commitment.translation_key for commitment in tree.commitments],
            tree.figures,
            request.GET.get(PARAMETER, ""),
            is_filtered=is_filtered,
        ),
        "share_text": write_share_text(plan.title, tree.figures.get(plan.translation_key)),
        "commitment_count": len(tree.commitments),
        "shown_count": len(shown),
        "action_count": sum(node.level == "action" for node in tree.figures.values()),
        "tiles": [
            build_tile(commitment.code, rows[commitment.pk].url, statuses[commitment.translation_key].pace)
            for commitment in tree.commitments
        ],
        "tally": count_by_pace(paces),
        "late_sentence": write_late_sentence(paces),
        "reports": tree.reports,
        "framework_pages": [(one, one.get_url(request) or "") for one in tree.framework_pages],
        "outcomes": count_outcomes(tree.commitments),
        "continued": read_continued(plan, request),
    }


def count_outcomes(commitments: Iterable[CommitmentPage]) -> list[tuple[str, int]]:
    """Return the number of commitments with each outcome, by its label; outcomes without any are left out."""
    counts = Counter(page.outcome for page in commitments)
    return [(str(outcome.label), counts[outcome]) for outcome in CommitmentOutcome if counts[outcome]]


def build_whole_plan(tree: PlanTree, today: datetime.date) -> Any:
    """Build the view of the plan's own figure; ``None`` without any report."""
    figure = tree.figures.get(tree.plan.translation_key)
    if figure is None or not any(has_data(node) for node in tree.figures.values()):
        return None
    return build_plan_view(figure, find_figure_status(figure, tree.plan, today), tree.plan.title)


def find_tree_deadline(tree: PlanTree, today: datetime.date) -> MissedDeadline | None:
    """Return the missed deadline of the plan, if it has one."""
    own = tree.figures.get(tree.plan.translation_key)
    return find_missed_deadline(
        tree.plan,
        today,
        own.reported_on if own else None,
        has_final_report=any(report.kind == ReportKind.FINAL for report in tree.reports),
    )


def build_axis_views(tree: PlanTree, today: datetime.date, request: HttpRequest) -> list[AxisView]:
    """Return the axes of the plan, each with its bar when the plan measures anything."""
    return [
        build_axis_view(
            axis,
            axis.get_url(request) or "",
            tree.commitments_of(axis),
            list(tree.figures.values()),
            find_figure_status(tree.figures.get(axis.translation_key), tree.plan, today),
            promises=tree.plan.measures_progress,
        )
        for axis in tree.axes
    ]


def _explain_plan(tree: PlanTree) -> Any:
    figure = tree.figures.get(tree.plan.translation_key)
    return explain_difference(figure, tree.figures.values()) if figure else None


def _build_rows(
    tree: PlanTree, statuses: dict[UUID, FigureStatus], request: HttpRequest
) -> dict[int, CommitmentRow]:
    sites = read_proof_sites(tree.plan) if tree.figures else {}
    return {
        commitment.pk: build_commitment_row(
            commitment,
            commitment.get_url(request) or "",
            tree.figures.get(commitment.translation_key),
            statuses[commitment.translation_key],
            list_institutions(commitment),
            sites.get(commitment.path, ()),
        )
        for commitment in tree.commitments
    }


def list_institutions(commitment: CommitmentPage) -> list[Institution]:
    """Return the public parties of ``commitment``, the responsible ones first, without duplicates."""
    parties = sorted(commitment.parties.all(), key=lambda party: party.role != PartyRole.RESPONSIBLE)
    return list(dict.fromkeys(party.institution for party in parties if party.is_public))


def label_parties(commitments: Iterable[CommitmentPage]) -> str:
    """Return the heading of the parties by their roles; empty if no commitment names a public party."""
    roles = {party.role for page in commitments for party in page.parties.all() if party.is_public}
    if not roles:
        return ""
    if roles == {PartyRole.RESPONSIBLE}:
        return _("Responsable")
    return _("Parte cocreadora") if roles == {PartyRole.COCREATING} else _("Partes")


def _build_filters(
    tree: PlanTree, statuses: dict[UUID, FigureStatus], request: HttpRequest
) -> CommitmentFilter:
    institutions = {
        institution for commitment in tree.commitments for institution in list_institutions(commitment)
    }
    keys = [commitment.pk for commitment in tree.commitments]
    goals = SDGGoal.objects.filter(targets__commitments__in=keys).distinct().order_by("number")
    return CommitmentFilter(
        request.GET or None,
        queryset=CommitmentPage.objects.filter(pk__in=keys),
        axes=tree.axes,
        institutions=sorted(institutions, key=lambda institution: (institution.short_name, institution.pk)),
        goals=cached_for_version(("plan goals", tree.plan.pk), lambda: list(goals)),
        statuses=statuses,
        figures=tree.figures,
    )


def list_shown_commitments(plan: PlanPage, request: HttpRequest) -> list[UUID]:
    """Return the translation keys of the commitments that the page of a plan lists for this address."""
    tree, today = read_tree(plan), timezone.localdate()
    statuses = find_figure_statuses(tree.commitments, tree.figures, plan, today)
    shown = _filtered_ids(tree.commitments, _build_filters(tree, statuses, request))
    return [commitment.translation_key for commitment in tree.commitments if commitment.pk in shown]


def _filtered_ids(commitments: list[CommitmentPage], filters: CommitmentFilter) -> set[int]:
    """Return the ids of the commitments that pass the filters; an invalid value filters nothing."""
    every = {commitment.pk for commitment in commitments}
    if not filters.is_bound:
        return every
    filters.form.is_valid()
    if not any(filters.form.cleaned_data.values()):
        return every
    return set(filters.filter_queryset(filters.queryset.all()).values_list("pk", flat=True))


def _group_by_axis(
    tree: PlanTree, shown: set[int], rows: dict[int, CommitmentRow]
) -> list[tuple[AxisPage, list[CommitmentRow]]]:
    """Return the rows to be listed under their axes, leaving out axes with nothing to list."""
    listed: dict[int, list[CommitmentRow]] = defaultdict(list)
    for axis in tree.axes:
        listed[axis.pk] = [
            rows[commitment.pk] for commitment in tree.commitments_of(axis) if commitment.pk in shown
        ]
    return [(axis, listed[axis.pk]) for axis in tree.axes if listed[axis.pk]]


def _render_table(
    tree: PlanTree, view: Any, groups: list[tuple[AxisPage, list[CommitmentRow]]], place: tuple[Any, ...]
) -> str:
    """Render the table of the commitments; unfiltered it is cached, as it takes half the time of the page."""

    def render() -> str:
        context = {
            "groups": groups,
            "view": view,
            "measured": view,
            "promises": tree.plan.measures_progress,
            "parties_label": label_parties(tree.commitments),
        }
        return render_to_string("components/commitment_table.html", context)

    is_whole = sum(len(rows) for _axis, rows in groups) == len(tree.commitments)
    return cached_for_version(("plan table", *place), render) if is_whole else render()


def build_plan_index_context(page: PlanIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the list of plans, newest first, each with its figure if any."""
    today = timezone.localdate()
    public = PlanPage.objects.public().child_of(page)
    plans = list(public.order_by("-period_end", "-period_start", "path"))
    figures = ProgressFigure.objects.by_key(plan.translation_key for plan in plans)
    entries = []
    for plan in plans:
        figure = figures.get(plan.translation_key)
        view = (
            build_plan_view(figure, find_figure_status(figure, plan, today), plan.title).figure
            if figure
            else None
        )
        entries.append((plan, plan.get_url(request), view))
    return {"plans": entries}


def build_axis_context(page: AxisPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of an axis: its own figure, and the rows of its commitments."""
    plan = build_frame(request, page).plan
    commitments = list(
        CommitmentPage.objects.public()
        .child_of(page)
        .prefetch_related("parties__institution")
        .order_by("path")
    )
    figures = {}
    if plan is not None and plan.measures_progress:
        figures = ProgressFigure.objects.with_children(page.translation_key).by_key()
    today = timezone.localdate()
    own = figures.get(page.translation_key)
    rows = [
        build_commitment_row(
            commitment,
            commitment.get_url(request) or "",
            figures.get(commitment.translation_key),
            find_figure_status(figures.get(commitment.translation_key), plan, today, commitment),
            list_institutions(commitment),
        )
        for commitment in commitments
        if plan is not None
    ]
    return {
        "plan": plan,
        "rows": rows,
        "parties_label": label_parties(commitments),
        "view": build_live_figure_view(own, find_figure_status(own, plan, today), page.title)
        if own and plan
        else None,
        "explanation": explain_difference(own, figures.values()) if own else None,
    }
