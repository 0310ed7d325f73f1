"""The redaction helper in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from . import isolation, urls  # noqa: F401 (registers the policies)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the helper."""
    return [path("trabajo/ocultar/", include(urls, namespace="redactions"))]


@hooks.register("register_team_menu_item")
def redactions_menu_item() -> MenuItem:
    """Link to the helper and its texts."""
    return MenuItem(
        _("Ocultar datos personales"),
        reverse_lazy("redactions:list"),
        name="ocultar",
        icon_name="view",
        order=4,
    )


@hooks.register("register_page_header_buttons")
def add_helper_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Offer the helper to the editors of a page."""
    if page.permissions_for_user(user).can_edit():
        address = reverse("redactions:create_for_page", args=[page.pk])
        yield Button(_("Ocultar datos personales"), url=address, icon_name="view", priority=96)
