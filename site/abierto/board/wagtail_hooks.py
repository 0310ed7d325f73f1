"""The board in Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .views import BoardFileView, BoardView

URLS = [
    path("", BoardView.as_view(), name="board"),
    path("tablero.csv", BoardFileView.as_view(), name="file"),
]


register_policies(dict.fromkeys(("board:board", "board:file"), AddressPolicy(Reach.OWN_VIEW)))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the board."""
    return [path("trabajo/tablero/", include((URLS, "board")))]


@hooks.register("register_team_menu_item")
def board_menu_item() -> MenuItem:
    return MenuItem(
        _("Tablero de los municipios"),
        reverse_lazy("board:board"),
        name="tablero",
        icon_name="site",
        order=6,
    )
