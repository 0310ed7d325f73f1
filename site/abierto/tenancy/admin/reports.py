"""Wagtail's reports, limited to the user's scope; some are open to the state team only."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.contrib.redirects.views import IndexView as RedirectListView
from wagtail.log_actions import registry as log_registry
from wagtail_localize.views.report import TranslationsReportView

from abierto.exports import ReadableExportMixin
from abierto.tenancy.access import scope

from .filters import (
    ScopedLockedPagesFilterSet,
    ScopedSiteHistoryFilterSet,
    ScopedWorkflowFilterSet,
    ScopedWorkflowTasksFilterSet,
    log_entries_in_scope,
)

#: Reports of the state team only: they count and list the pages of every space.
WHOLE_SITE_REPORTS = frozenset({"page-types-usage"})


class ScopedReportMixin(ReadableExportMixin):
    """Mixin for a report on rows in scope."""

    def get_queryset(self) -> QuerySet[Any]:
        return scope(super().get_queryset(), self.request.user)


class ScopedLockedPagesView(ScopedReportMixin, LockedPagesView):
    """Locked pages in scope, also those that the user locked."""

    filterset_class = ScopedLockedPagesFilterSet


class ScopedAgingPagesView(ScopedReportMixin, AgingPagesView):
    pass


class ScopedWorkflowView(ScopedReportMixin, WorkflowView):
    filterset_class = ScopedWorkflowFilterSet


class ScopedWorkflowTasksView(ScopedReportMixin, WorkflowTasksView):
    filterset_class = ScopedWorkflowTasksFilterSet


class TranslationsPaginator(WagtailPaginator):
    """Counts translations by a name in Spanish: wagtail-localize's model has none."""

    verbose_name = _("traducción")
    verbose_name_plural = _("traducciones")


class ScopedTranslationsView(ScopedReportMixin, TranslationsReportView):
    paginator_class = TranslationsPaginator

    def get_queryset(self) -> QuerySet[Any]:
        """Order the rows, so that pagination is stable."""
        return super().get_queryset().order_by("pk")


class PortalRedirectListView(ReadableExportMixin, RedirectListView):
    pass


class ScopedSiteHistoryView(ReadableExportMixin, LogEntriesView):
    """Site history, limited by row; Wagtail limits it by model only."""

    filterset_class = ScopedSiteHistoryFilterSet

    def get_filtered_queryset(self) -> QuerySet[Any]:
        """Return the union of the log entries in scope, newest first."""
        self.log_models = list(log_registry.get_log_entry_models())
        first, *others = [
            self.filter_queryset(self.annotate_log_index(logs, number)).order_by()
            for number, logs in enumerate(log_entries_in_scope(self.request.user))
        ]
        return first.union(*others, all=True).order_by("-timestamp", "log_model_index", "-pk")

    def annotate_log_index(self, logs: QuerySet[Any], number: int) -> QuerySet[Any]:
        """Annotate the entries of one log as Wagtail expects it, which reads each from its own table."""
        return logs.values("pk", "timestamp").annotate(
            log_model_index=Value(number, output_field=IntegerField())
        )
