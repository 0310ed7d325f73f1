"""Filters of the listings. Each offers only values from the pages that the user may see."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.query import PageQuerySet

from abierto.registry.models import Institution
from abierto.tenancy.access import scope
from abierto.tenancy.tree_paths import parent_path
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportKind, ReportPage
from pages.secretariats.enums import SessionKind
from pages.secretariats.sessions import SessionPage
from pages.updates.models import ProgressUpdatePage

from .summaries import summarize_commitments

STATES = [
    ("public", _("Público")),
    ("changes", _("Público, con cambios por revisar")),
    ("draft", _("Borrador")),
]
LATENESS = [("late", _("Reporte atrasado")), ("in_time", _("Reporte al día"))]


def visible_commitments(request: HttpRequest) -> PageQuerySet:
    """Return the commitments that the person may see in the admin."""
    return scope(CommitmentPage.objects.all(), request.user)


def visible_plans(request: HttpRequest) -> QuerySet[PlanPage]:
    """Return the plans of the commitments that the person may see."""
    paths = visible_commitments(request).values_list("path", flat=True)
    return _pages_at(PlanPage, {parent_path(path, 2) for path in paths})


def visible_axes(request: HttpRequest) -> QuerySet[AxisPage]:
    """Return the axes of the commitments that the person may see."""
    paths = visible_commitments(request).values_list("path", flat=True)
    return _pages_at(AxisPage, {parent_path(path) for path in paths})


def visible_institutions(request: HttpRequest) -> QuerySet[Institution]:
    """Return the parties of the commitments that the user may see."""
    commitments = visible_commitments(request).values("pk")
    return Institution.objects.filter(party_rows__page__in=commitments).distinct()


def _pages_at(model: Any, paths: set[str]) -> Any:
    return model.objects.filter(path__in=paths, alias_of__isnull=True).order_by("path")


class PageStateFilter(WagtailFilterSet):
    """Filter pages by their state between draft and public."""

    state = django_filters.ChoiceFilter(
        label=_("Estado"), method="filter_by_state", choices=STATES, empty_label=_("Todos")
    )

    def filter_by_state(self, queryset: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Filter pages by state."""
        if value == "draft":
            return queryset.filter(live=False)
        return queryset.filter(live=True, has_unpublished_changes=value == "changes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Listings show the source language only.
        self.filters.pop("locale", None)


class DescendantFilter(django_filters.ModelChoiceFilter):
    """Filter the descendants of the chosen page."""

    def filter(self, qs: PageQuerySet, value: Any) -> PageQuerySet:
        return qs.descendant_of(value) if value else qs


class CommitmentListFilter(PageStateFilter):
    """Filter commitments by plan, axis, institution, lateness and state."""

    plan = DescendantFilter(label=_("Plan"), queryset=visible_plans, empty_label=_("Todos"))
    axis = DescendantFilter(label=_("Eje"), queryset=visible_axes, empty_label=_("Todos"))
    institution = django_filters.ModelChoiceFilter(
        label=_("Institución"),
        method="filter_by_institution",
        queryset=visible_institutions,
        empty_label=_("Todas"),
    )
    lateness = django_filters.ChoiceFilter(
        label=_("Reporte"), method="filter_by_lateness", choices=LATENESS, empty_label=_("Todos")
    )

    class Meta:
        model = CommitmentPage
        fields: list[str] = []

    def filter_by_institution(self, queryset: PageQuerySet, name: str, value: Institution) -> PageQuerySet:
        """Filter the commitments to which the institution is a party in any role."""
        return queryset.filter(parties__institution=value).distinct()

    def filter_by_lateness(self, queryset: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Filter the commitments with a late report, or with a due report that is not late."""
        summaries = summarize_commitments(visible_commitments(self.request))
        wanted = [
            pk
            for pk, summary in summaries.items()
            if summary.status is not None and summary.is_late is (value == "late")
        ]
        return queryset.filter(pk__in=wanted)


class UpdateListFilter(PageStateFilter):
    plan = DescendantFilter(label=_("Plan"), queryset=visible_plans, empty_label=_("Todos"))
    commitment = DescendantFilter(
        label=_("Compromiso"),
        queryset=lambda request: visible_commitments(request).filter(alias_of__isnull=True).order_by("path"),
        empty_label=_("Todos"),
    )

    class Meta:
        model = ProgressUpdatePage
        fields: list[str] = []


class ReportListFilter(PageStateFilter):
    kind = django_filters.ChoiceFilter(label=_("Tipo"), choices=ReportKind.choices, empty_label=_("Todos"))

    class Meta:
        model = ReportPage
        fields: list[str] = []


class SessionListFilter(PageStateFilter):
    kind = django_filters.ChoiceFilter(label=_("Tipo"), choices=SessionKind.choices, empty_label=_("Todas"))

    class Meta:
        model = SessionPage
        fields: list[str] = []
