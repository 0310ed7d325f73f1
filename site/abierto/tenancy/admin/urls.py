"""Our own views at the addresses of Wagtail's, which stay behind them: include these before the admin's."""

from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from . import choosers, reports, tags

app_name = "tenancy"


def guarded(route: str, view: Any, name: str) -> URLPattern:
    """Return a pattern with what Wagtail puts around every view of the admin."""
    return path(route, never_cache(require_admin_access(view)), name=name)


def report(route: str, view: Any, name: str) -> list[URLPattern]:
    """Return the patterns of a report and of its part that filters reload."""
    return [
        guarded(route, view.as_view(), name),
        guarded(f"{route}results/", view.as_view(results_only=True), f"{name}_results"),
    ]


urlpatterns = [
    *report("reports/locked/", reports.OwnLockedPagesView, "locked_pages"),
    *report("reports/workflow/", reports.OwnWorkflowView, "workflow"),
    *report("reports/workflow_tasks/", reports.OwnWorkflowTasksView, "workflow_tasks"),
    *report("reports/site-history/", reports.OwnSiteHistoryView, "site_history"),
    *report("reports/aging-pages/", reports.OwnAgingPagesView, "aging_pages"),
    *report("localize/reports/translations/", reports.OwnTranslationsView, "translations"),
    guarded("tag-autocomplete/", tags.autocomplete, "tag_autocomplete"),
    guarded(
        "tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags.autocomplete, "tag_model_autocomplete"
    ),
    guarded("choose-page/", choosers.OwnBrowseView.as_view(), "choose_page"),
    guarded("choose-page/<int:parent_page_id>/", choosers.OwnBrowseView.as_view(), "choose_page_child"),
    guarded("choose-page/search/", choosers.OwnSearchView.as_view(), "choose_page_search"),
    guarded("choose-external-link/", choosers.OwnExternalLinkView.as_view(), "choose_external_link"),
]
