"""Reports of Wagtail that count and name the pages of every space: for the state team only."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from .access import sees_everything

WHOLE_SITE_REPORTS = frozenset({"page-types-usage"})


class StatePageTypesUsageReportView(PageTypesUsageReportView):
    """The use of page types names the page edited last, whoever's it is and though it be a draft."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Answer the state team only."""
        if not sees_everything(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


_usage = require_admin_access(StatePageTypesUsageReportView.as_view())
_usage_results = require_admin_access(StatePageTypesUsageReportView.as_view(results_only=True))

# Found before Wagtail's own, which stay behind them under the same addresses.
urlpatterns = [
    path("reports/page-types-usage/", _usage),
    path("reports/page-types-usage/results/", _usage_results),
]
