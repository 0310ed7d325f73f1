"""Wagtail admin hooks of the pages app."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from abierto.tenancy.access import sees_everything
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .admin.buttons import start_buttons
from .admin.listings import CommitmentViewSet, ReportViewSet, SessionViewSet, UpdateViewSet
from .admin.new_plan import StartPlanView
from .admin.outline_views import OutlineView
from .core.rich_text import register_handlers
from .plain_language.views import HardestTextsView, review_texts
from .plans.queries import annotate_names_above

# After Wagtail's hook, which it replaces.
hooks.register("register_rich_text_features", register_handlers, order=100)

LISTINGS = ("commitments", "updates", "reports", "sessions")
PLAN_URLS = [
    path("<int:page_id>/nuevo/", StartPlanView.as_view(), name="start_plan"),
    path("<int:page_id>/esquema/", OutlineView.as_view(), name="outline"),
]
PLAIN_LANGUAGE_URLS = [
    path("informe/", HardestTextsView.as_view(), name="report"),
    path("revisar/", review_texts, name="review"),
]
OWN_VIEW = AddressPolicy(Reach.OWN_VIEW)

register_policies(
    {
        **{
            f"{listing}:{view}": OWN_VIEW
            for listing in LISTINGS
            for view in ("index", "index_results", "choose_parent")
        },
        "commitments:start_update": OWN_VIEW,
        "reports:start_report": OWN_VIEW,
        "reports:start_practice": OWN_VIEW,
        "plans:start_plan": OWN_VIEW,
        "plans:outline": OWN_VIEW,
        "plain_language:review": AddressPolicy(Reach.NO_TENANT_DATA),
        "plain_language:report": AddressPolicy(Reach.STATE_ONLY),
    }
)


@hooks.register("construct_explorer_page_queryset")
def annotate_commitment_names(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Annotate the commitment names of updates in the query of the explorer."""
    return pages.annotate(commitment_name=annotate_names_above("path")["commitment_name"])


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet]:
    """Give commitments, updates, reports and sessions a listing and an entry in the menu."""
    return [CommitmentViewSet(), UpdateViewSet(), ReportViewSet(), SessionViewSet()]


@hooks.register("insert_global_admin_css")
def insert_admin_css() -> SafeString:
    """Add the style sheets of listings on phones and of reduced motion."""
    files = [(static("listings.css"),), (static("motion.css"),)]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', files)


@hooks.register("register_admin_urls")
def register_plan_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the outline and of a new plan."""
    return [path("planes/", include((PLAN_URLS, "plans")))]


@hooks.register("register_admin_urls")
def register_plain_language_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of plain language."""
    return [path("lenguaje-claro/", include((PLAIN_LANGUAGE_URLS, "plain_language")))]


class StateReportMenuItem(MenuItem):
    """A menu item that only the state team sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_everything(request.user)


@hooks.register("register_reports_menu_item")
def register_hardest_texts_menu_item() -> MenuItem:
    """Link to the report on the texts that are hardest to read."""
    return StateReportMenuItem(
        _("Qué textos cuestan más"),
        reverse_lazy("plain_language:report"),
        name="hardest-texts",
        icon_name="glasses",
        order=1310,
    )


@hooks.register("insert_global_admin_css")
def insert_plain_language_css() -> SafeString:
    """Add the style sheet of plain-language findings."""
    return format_html('<link rel="stylesheet" href="{}">', static("plain_language.css"))


@hooks.register("insert_editor_js")
def insert_plain_language_js() -> SafeString:
    """Add the script that reviews the texts of an edit form while they are typed."""
    return format_html('<script src="{}" defer></script>', static("plain_language.js"))


@hooks.register("register_page_header_buttons")
def add_header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Start an update or a report from the page itself."""
    yield from start_buttons(page, user, priority=5)


@hooks.register("register_page_listing_more_buttons")
def add_listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Start an update or a report from a listing."""
    yield from start_buttons(page, user, priority=1)
