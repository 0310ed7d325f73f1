"""The listings of commitments, updates, reports and sessions."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.query import PageQuerySet

from abierto.approval.review.space_index import space_index_for
from abierto.tenancy.access import scope
from abierto.tenancy.tree_paths import parent_path
from pages.core.translation import source_language_condition
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.reports.models import ReportPage
from pages.secretariats.sessions import SessionPage
from pages.updates.models import ProgressUpdatePage

from .columns import (
    COMMITMENT_COLUMNS,
    REPORT_COLUMNS,
    SESSION_COLUMNS,
    UPDATE_COLUMNS,
    commitment_name,
)
from .draft_views import StartPracticeView, StartReportView, StartUpdateView
from .filters import CommitmentListFilter, ReportListFilter, SessionListFilter, UpdateListFilter
from .summaries import summarize_commitments


class PageListView(IndexView):
    """The listing of one page type: the pages that the user may see, in the source language."""

    default_ordering = "path"

    def get_base_queryset(self) -> PageQuerySet:
        """Filter by source language and by the user's permissions."""
        pages: PageQuerySet = super().get_base_queryset()
        return scope(pages.filter(source_language_condition()), self.request.user)

    def get_add_url(self) -> str | None:
        """Return the URL to add a page if the user may add one under some parent of its type."""
        own = self.permission_policy.instances_user_has_permission_for(self.request.user, "add")
        if not own.type(*self.model.allowed_parent_page_models()).exists():
            return None
        url: str | None = super().get_add_url()
        return url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the listed pages with their streams, which Wagtail leaves out. One query."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        whole = self.model._default_manager.in_bulk([page.pk for page in context["object_list"]])
        for page in context["object_list"]:
            page.with_streams = whole.get(page.pk, page)
        return context

    def order_queryset(self, queryset: PageQuerySet) -> PageQuerySet:
        """Order by a column, empty values last and equal ones by key."""
        ordering: str = self.ordering or self.default_ordering
        column = F(ordering.removeprefix("-"))
        order = column.desc if ordering.startswith("-") else column.asc
        return queryset.order_by(order(nulls_last=True), "path")


class CommitmentListView(PageListView):
    """Commitments with their figures, in a number of queries that does not depend on how many there are."""

    @property
    def header_buttons(self) -> list[Button]:
        """Add the link to the commitments of the user on one screen, for the editors of a space."""
        buttons: list[Button] = super().header_buttons
        if not space_index_for(self.request).edited:
            return buttons
        grid = HeaderButton(
            _("Reportar todos"), url=reverse("dashboard:grid"), icon_name="list-ul", priority=20
        )
        return [*buttons, grid]

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        """Add the figures by which the listing is ordered."""
        figure = ProgressFigure.objects.filter(key=OuterRef("translation_key"))
        return (
            super()
            .annotate_queryset(pages)
            .annotate(
                figure_effective=Subquery(figure.values("effective")[:1]),
                figure_reported=Subquery(figure.values("reported_on")[:1]),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the commitment summaries of this page of the listing."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = context["object_list"]
        summaries = summarize_commitments(listed)
        for page in listed:
            page.commitment_summary = summaries[page.pk]
        return context


class UpdateListView(PageListView):
    """Updates with the commitment that each reports on, newest first."""

    default_ordering = "-period_end"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the commitments of the updates of this page of the listing."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = context["object_list"]
        found = CommitmentPage.objects.filter(path__in={parent_path(page.path) for page in listed})
        commitments = {commitment.path: commitment for commitment in found}
        for page in listed:
            page.commitment = commitments.get(parent_path(page.path))
            page.commitment_name = commitment_name(page)
        return context


class ReportListView(PageListView):
    default_ordering = "-cutoff"


class SessionListView(PageListView):
    default_ordering = "-starts_at"


class PageListViewSet(PageListingViewSet):
    """A listing with its own menu item."""

    add_to_admin_menu = True
    list_per_page = 30


class CommitmentViewSet(PageListViewSet):
    """The menu item «Compromisos»."""

    name = "commitments"
    url_prefix = "compromisos"
    model = CommitmentPage
    index_view_class = CommitmentListView
    columns = COMMITMENT_COLUMNS
    filterset_class = CommitmentListFilter
    icon = "list-ul"
    menu_label = _("Compromisos")
    menu_order = 110

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the URL of «Reportar avance»."""
        start = path("<int:page_id>/reportar/", StartUpdateView.as_view(), name="start_update")
        return [*super().get_urlpatterns(), start]


class UpdateViewSet(PageListViewSet):
    """The menu item «Avances»."""

    name = "updates"
    url_prefix = "avances"
    model = ProgressUpdatePage
    index_view_class = UpdateListView
    columns = UPDATE_COLUMNS
    filterset_class = UpdateListFilter
    icon = "upload"
    menu_label = _("Avances")
    menu_order = 120


class ReportViewSet(PageListViewSet):
    """The menu item «Informes»."""

    name = "reports"
    url_prefix = "informes"
    model = ReportPage
    index_view_class = ReportListView
    columns = REPORT_COLUMNS
    filterset_class = ReportListFilter
    icon = "clipboard-list"
    menu_label = _("Informes de planes")  # Wagtail's own entry is called «Informes»
    menu_order = 130

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the URLs of «Preparar informe» and «Nueva buena práctica»."""
        start = path("plan/<int:page_id>/preparar/", StartReportView.as_view(), name="start_report")
        practice = path("<int:page_id>/buena-practica/", StartPracticeView.as_view(), name="start_practice")
        return [*super().get_urlpatterns(), start, practice]


class SessionViewSet(PageListViewSet):
    """The menu item «Sesiones»."""

    name = "sessions"
    url_prefix = "sesiones"
    model = SessionPage
    index_view_class = SessionListView
    columns = SESSION_COLUMNS
    filterset_class = SessionListFilter
    icon = "date"
    menu_label = _("Sesiones")
    menu_order = 140
