"""Wagtail's reports, narrowed to the space of the person; some are for the state team only."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.log_actions import registry as log_registry
from wagtail_localize.views.report import TranslationsReportView

from abierto.tenancy.access import scope

from .filters import (
    OwnLockedPagesFilterSet,
    OwnSiteHistoryFilterSet,
    OwnWorkflowFilterSet,
    OwnWorkflowTasksFilterSet,
    visible_logs,
)

#: Left out of the menu of everybody but the state team: it counts and names the pages of every space.
WHOLE_SITE_REPORTS = frozenset({"page-types-usage"})


class ScopedReport:
    """A report on rows in the scope of the person."""

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow the rows."""
        return scope(super().get_queryset(), self.request.user)  # type: ignore[misc, attr-defined]


class OwnLockedPagesView(ScopedReport, LockedPagesView):
    """Locked pages: those that one locked too, while they are of one's space."""

    filterset_class = OwnLockedPagesFilterSet


class OwnAgingPagesView(ScopedReport, AgingPagesView):
    """Pages by the date of their last publication."""


class OwnWorkflowView(ScopedReport, WorkflowView):
    """Reviews."""

    filterset_class = OwnWorkflowFilterSet


class OwnWorkflowTasksView(ScopedReport, WorkflowTasksView):
    """Steps of reviews."""

    filterset_class = OwnWorkflowTasksFilterSet


class OwnTranslationsView(ScopedReport, TranslationsReportView):
    """Translations."""

    def get_queryset(self) -> QuerySet[Any]:
        """Put them in an order, for pages of them to be the same each time."""
        return super().get_queryset().order_by("pk")


class OwnSiteHistoryView(LogEntriesView):
    """What was done: Wagtail narrows it by model, and not by row."""

    filterset_class = OwnSiteHistoryFilterSet

    def get_filtered_queryset(self) -> QuerySet[Any]:
        """Put together the entries of each log that the person may read, newest first."""
        self.log_models = list(log_registry.get_log_entry_models())
        first, *others = [
            self.filter_queryset(self.numbered(logs, number)).order_by()
            for number, logs in enumerate(visible_logs(self.request.user))
        ]
        return first.union(*others, all=True).order_by("-timestamp", "log_model_index", "-pk")

    def numbered(self, logs: QuerySet[Any], number: int) -> QuerySet[Any]:
        """Mark the entries of one log, for Wagtail to read each in its own table."""
        return logs.values("pk", "timestamp").annotate(
            log_model_index=Value(number, output_field=IntegerField())
        )
