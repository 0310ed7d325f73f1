"""Wagtail hooks that limit choosers, reports and the admin home to the user's scope.

The explorer needs no hook: Wagtail asks the page policy wherever it would call one.
"""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet
from wagtail.query import PageQuerySet

from .access import scope, sees_everything
from .admin.pages import ScopedPageViewSet
from .admin.panels import ScopedPagesSummary, replace_panels
from .admin.reports import WHOLE_SITE_REPORTS
from .isolation.row_sets import filter_linkable


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer the user's own pages, drafts included, and public pages."""
    return filter_linkable(pages, request.user, reads_many=bool(request.GET.get("q")))


@hooks.register("construct_image_chooser_queryset")
def limit_image_chooser(images: ImageQuerySet, request: HttpRequest) -> ImageQuerySet:
    return scope(images, request.user)


@hooks.register("construct_document_chooser_queryset")
def limit_document_chooser(documents: DocumentQuerySet, request: HttpRequest) -> DocumentQuerySet:
    return scope(documents, request.user)


@hooks.register("construct_reports_menu")
def limit_reports_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Remove the reports that cover every space."""
    if not sees_everything(request.user):
        menu_items[:] = [item for item in menu_items if item.name not in WHOLE_SITE_REPORTS]


@hooks.register("construct_homepage_panels", order=100)
def replace_home_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Limit the panels of the admin home page."""
    replace_panels(panels)


@hooks.register("construct_homepage_summary_items", order=100)
def replace_pages_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Count the user's own pages only."""
    items[:] = [ScopedPagesSummary(request) if type(item) is PagesSummaryItem else item for item in items]


@hooks.register("register_admin_viewset")
def register_page_viewset() -> PageViewSet:
    return ScopedPageViewSet()
