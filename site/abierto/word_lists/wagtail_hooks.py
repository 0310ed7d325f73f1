"""The word lists in Wagtail's admin."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import administered_by

from . import isolation, urls  # noqa: F401 (registers the policies)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the word lists."""
    return [path("listas-de-palabras/", include(urls, namespace="word_lists"))]


class AdministratorMenuItem(MenuItem):
    """A menu item for those who administer the state or a space."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast(User, request.user)
        return user.is_superuser or bool(administered_by(user))


@hooks.register("register_settings_menu_item")
def word_lists_menu_item() -> MenuItem:
    """Link to the word lists."""
    return AdministratorMenuItem(
        _("Listas de palabras"),
        reverse_lazy("word_lists:index"),
        name="listas-de-palabras",
        icon_name="glasses",
        order=315,
    )
