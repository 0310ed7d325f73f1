"""The desk in Wagtail's admin, for the people of tribunals."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.tenancy.access import spaces_of
from abierto.tenancy.enums import SpaceKind

from . import isolation, urls  # noqa: F401 (registers the policies)
from .desk import visible_lists


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the desk."""
    return [path("trabajo/sentencias/", include(urls, namespace="ruling_desk"))]


class DeskMenuItem(MenuItem):
    """A report for those who see a list of rulings, which no municipality has."""

    def is_shown(self, request: HttpRequest) -> bool:
        spaces = spaces_of(request.user)
        is_possible = not spaces or any(space.kind != SpaceKind.MUNICIPALITY for space in spaces)
        return is_possible and visible_lists(request).exists()


@hooks.register("register_reports_menu_item")
def desk_menu_item() -> MenuItem:
    """Link to the desk."""
    return DeskMenuItem(
        _("Mesa de sentencias"),
        reverse_lazy("ruling_desk:desk"),
        name="ruling-desk",
        icon_name="doc-full-inverse",
        order=1320,
    )
