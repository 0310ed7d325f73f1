"""Choosers, reports and the first screen show a person her own space (state team: everything).

The explorer needs no hook: Wagtail asks ``OwnPagePolicy`` wherever it would call one.
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
from .admin.pages import OwnPageViewSet
from .admin.panels import OwnPagesSummary, replace_panels
from .admin.reports import WHOLE_SITE_REPORTS
from .isolation.row_sets import linkable


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Let a link go to one's own pages, drafts included, and to whatever the public can read."""
    return linkable(pages, request.user)


@hooks.register("construct_image_chooser_queryset")
def choose_own_images(images: ImageQuerySet, request: HttpRequest) -> ImageQuerySet:
    """Offer the images of one's own space and the shared ones."""
    return scope(images, request.user)


@hooks.register("construct_document_chooser_queryset")
def choose_own_documents(documents: DocumentQuerySet, request: HttpRequest) -> DocumentQuerySet:
    """Offer the documents of one's own space and the shared ones."""
    return scope(documents, request.user)


@hooks.register("construct_reports_menu")
def offer_own_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out the reports on every space at once."""
    if not sees_everything(request.user):
        menu_items[:] = [item for item in menu_items if item.name not in WHOLE_SITE_REPORTS]


@hooks.register("construct_homepage_panels", order=100)
def show_own_work(request: HttpRequest, panels: list[Component]) -> None:
    """Leave out of the first screen what is of another space."""
    replace_panels(panels)


@hooks.register("construct_homepage_summary_items", order=100)
def count_own_pages(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Count one's own pages."""
    items[:] = [OwnPagesSummary(request) if type(item) is PagesSummaryItem else item for item in items]


@hooks.register("register_admin_viewset")
def narrow_page_views() -> PageViewSet:
    """Narrow the views of every type of page."""
    return OwnPageViewSet()
