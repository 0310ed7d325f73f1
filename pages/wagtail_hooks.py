"""What the pages add to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from .admin.buttons import start_buttons
from .admin.listings import CommitmentViewSet, ReportViewSet, SessionViewSet, UpdateViewSet
from .rich_text import OpenDocumentLinkHandler, PublicPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_link_handlers(features: FeatureRegistry) -> None:
    """Take the place of Wagtail's own handlers, which are registered before."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(OpenDocumentLinkHandler)


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet]:
    """Give commitments, updates, reports and sessions a listing and an entry in the menu."""
    return [CommitmentViewSet(), UpdateViewSet(), ReportViewSet(), SessionViewSet()]


@hooks.register("register_page_header_buttons")
def add_header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Start an update or a report from the page itself."""
    yield from start_buttons(page, user, priority=5)


@hooks.register("register_page_listing_more_buttons")
def add_listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Start an update or a report from a listing."""
    yield from start_buttons(page, user, priority=1)
