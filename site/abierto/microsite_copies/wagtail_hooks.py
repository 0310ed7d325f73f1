"""Copies of microsites in Wagtail's admin."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import administers, sees_everything
from abierto.tenancy.enums import SpaceKind

from . import isolation, urls  # noqa: F401 (registers the policies)


class CopiesMenuItem(MenuItem):
    """Link to the copies, for administrators of municipalities and for the state team."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast(User, request.user)
        return sees_everything(user) or administers(user, SpaceKind.MUNICIPALITY)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the copies."""
    return [path("copias/", include(urls, namespace="microsite_copies"))]


@hooks.register("register_team_menu_item")
def register_copies_item() -> MenuItem:
    return CopiesMenuItem(
        _("Copia del micrositio"),
        reverse_lazy("microsite_copies:list"),
        name="copias",
        icon_name="download",
        order=6,
    )
