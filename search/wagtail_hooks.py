"""Register the search features in Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.isolation.row_sets import LINKABLE_PAGES
from abierto.tenancy.isolation.snippets import snippet_policies

from .analytics.report import UnansweredView, may_read
from .promotions.admin import PromotedResultViewSet
from .promotions.models import PromotedResult

register_snippet(PromotedResultViewSet)
register_policies(snippet_policies(PromotedResult, page=LINKABLE_PAGES))
register_policies(
    dict.fromkeys(
        ("search_learning:unanswered", "search_learning:unanswered_results"), AddressPolicy(Reach.OWN_VIEW)
    )
)

_unanswered = require_admin_access(UnansweredView.as_view())
_unanswered_results = require_admin_access(UnansweredView.as_view(results_only=True))
urls = (
    [
        path("", _unanswered, name="unanswered"),
        path("results/", _unanswered_results, name="unanswered_results"),
    ],
    "search_learning",
)


@hooks.register("register_admin_urls")
def register_report_url() -> list[URLPattern | URLResolver]:
    return [path("reports/busquedas/", include(urls, namespace="search_learning"))]


class UnansweredMenuItem(MenuItem):
    """«Búsquedas sin respuesta», in the reports menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    address = reverse("search_learning:unanswered")
    return UnansweredMenuItem(
        _("Búsquedas sin respuesta"), address, name="unanswered", icon_name="search", order=1300
    )
