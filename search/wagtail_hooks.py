"""The search in Wagtail's admin: promoted results, and the report of unanswered queries."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from abierto.registry.admin.base import SPACE_PANEL, VALIDITY_PANEL, PrefilledCreateView
from abierto.registry.admin.reviewed import STATUS_COLUMN, OwnSpaceForm, ReviewedViewSet
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.isolation.row_sets import LINKABLE_PAGES
from abierto.tenancy.isolation.snippets import snippet_policies

from .analytics.report import UnansweredView, may_read
from .promotions.models import PromotedResult


class PromotedResultForm(OwnSpaceForm):
    """Limit the space: only the state team promotes in the search of the whole state."""

    space_help = _("Se muestra a quien busca dentro de este espacio.")


class PromotedResultViewSet(ReviewedViewSet):
    """The menu item «Destacados»: the results that a space puts first for some queries."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Destacados")  # fits in the menu
    menu_name = "promoted-results"
    menu_order = 260
    add_to_admin_menu = True
    add_view_class = PrefilledCreateView
    row_form_class = PromotedResultForm
    list_display = ["__str__", "page", "space", STATUS_COLUMN]
    select_related = ("space", "page")
    panels = [FieldPanel("words"), FieldPanel("page"), VALIDITY_PANEL, SPACE_PANEL]


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
