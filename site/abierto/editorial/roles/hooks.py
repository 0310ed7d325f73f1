"""Where roles are confirmed in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.editorial.roles.views import RolesView


class RolesMenuItem(MenuItem):
    """Leads whoever keeps accounts to what waits for her word."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever keeps accounts."""
        return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("register_admin_urls")
def register_roles_url() -> list[URLPattern]:
    """Give it its screen."""
    return [path("editorial/papeles/", RolesView.as_view(), name="editorial_roles")]


@hooks.register("register_settings_menu_item")
def register_roles_item() -> MenuItem:
    """Put it beside the accounts."""
    return RolesMenuItem(
        _("Papeles por confirmar"),
        reverse("editorial_roles"),
        name="roles-to-confirm",
        icon_name="group",
        order=610,
    )
