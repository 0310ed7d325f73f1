"""Views that shadow Wagtail's at the same addresses: include these before Wagtail's admin URLs."""

from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from . import choosers, reports, tags
from .sites import site_viewset

app_name = "tenancy"


def admin_path(route: str, view: Any, name: str) -> URLPattern:
    """Return a URL pattern with the decorators of every Wagtail admin view."""
    return path(route, never_cache(require_admin_access(view)), name=name)


def report_paths(route: str, view: Any, name: str) -> list[URLPattern]:
    """Return the patterns of a report and of its results fragment."""
    return [
        admin_path(route, view.as_view(), name),
        admin_path(f"{route}results/", view.as_view(results_only=True), f"{name}_results"),
    ]


urlpatterns = [
    *report_paths("reports/locked/", reports.ScopedLockedPagesView, "locked_pages"),
    *report_paths("reports/workflow/", reports.ScopedWorkflowView, "workflow"),
    *report_paths("reports/workflow_tasks/", reports.ScopedWorkflowTasksView, "workflow_tasks"),
    *report_paths("reports/site-history/", reports.ScopedSiteHistoryView, "site_history"),
    *report_paths("reports/aging-pages/", reports.ScopedAgingPagesView, "aging_pages"),
    *report_paths("localize/reports/translations/", reports.ScopedTranslationsView, "translations"),
    *report_paths("redirects/", reports.PortalRedirectListView, "redirects"),
    admin_path("tag-autocomplete/", tags.suggest_tags, "tag_autocomplete"),
    admin_path(
        "tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags.suggest_tags, "tag_model_autocomplete"
    ),
    admin_path("choose-page/", choosers.ScopedBrowseView.as_view(), "choose_page"),
    admin_path("choose-page/<int:parent_page_id>/", choosers.ScopedBrowseView.as_view(), "choose_page_child"),
    admin_path("choose-page/search/", choosers.ScopedSearchView.as_view(), "choose_page_search"),
    admin_path("sites/new/", site_viewset.add_view, "add_site"),
    admin_path("sites/edit/<int:pk>/", site_viewset.edit_view, "edit_site"),
    admin_path("choose-external-link/", choosers.ScopedExternalLinkView.as_view(), "choose_external_link"),
]
