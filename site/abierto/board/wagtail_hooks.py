"""The board in Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import isolation, urls  # noqa: F401 (registers the policies)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the board."""
    return [path("trabajo/tablero/", include(urls, namespace="board"))]


@hooks.register("register_team_menu_item")
def board_menu_item() -> MenuItem:
    """Link to the board."""
    return MenuItem(
        _("Tablero de los municipios"),
        reverse_lazy("board:board"),
        name="tablero",
        icon_name="site",
        order=6,
    )
