"""Explorer and choosers show a person her own space (state team: everything)."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .access import own_pages, paths_down_to, scope, sees_everything, spaces_of
from .models import SpaceRoot
from .reports import WHOLE_SITE_REPORTS
from .visibility import filter_public


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Keep own pages, and the way from the root down to them."""
    if sees_everything(request.user):
        return pages
    spaces = spaces_of(request.user)
    roots = SpaceRoot.objects.filter(space__in=spaces).select_related("page")
    above = {path for root in roots for path in paths_down_to(root.page)}
    return pages.filter(own_pages(spaces) | Q(path__in=above))


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Let a link go to one's own pages, drafts included, and to whatever the public can read."""
    if sees_everything(request.user):
        return pages
    return pages.filter(own_pages(spaces_of(request.user)) | Q(pk__in=filter_public(Page.objects.all())))


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
