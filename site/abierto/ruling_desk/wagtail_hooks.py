"""The desk in Wagtail's admin, for the people of tribunals."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.tenancy.access import root_paths, sees_everything, spaces_of
from abierto.tenancy.enums import SpaceKind

from . import isolation, urls  # noqa: F401 (registers the policies)
from .list_paths import read_list_paths


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the desk."""
    return [path("trabajo/sentencias/", include(urls, namespace="ruling_desk"))]


class DeskMenuItem(MenuItem):
    """A report for those who see a list of rulings, which no municipality has."""

    def is_shown(self, request: HttpRequest) -> bool:
        paths = read_list_paths()
        if sees_everything(request.user):
            return bool(paths)
        spaces = [space for space in spaces_of(request.user) if space.kind != SpaceKind.MUNICIPALITY]
        return bool(paths) and any(path.startswith(tuple(root_paths(spaces))) for path in paths)


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
