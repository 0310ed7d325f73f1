"""Spaces in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import isolation, urls  # noqa: F401 (registers the policies)


class SpacesMenuItem(MenuItem):
    """Link to the spaces, for users who manage accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the spaces."""
    return [path("espacios/", include(urls, namespace="spaces"))]


@hooks.register("register_settings_menu_item")
def register_spaces_item() -> MenuItem:
    """Add the menu item beside the accounts."""
    return SpacesMenuItem(
        _("Espacios"), reverse_lazy("spaces:list"), name="spaces", icon_name="group", order=605
    )
