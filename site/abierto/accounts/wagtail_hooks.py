"""What the accounts add to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from abierto.accounts.models import User

from .admin.access import ADDRESS, FACTOR_REMOVED, SESSIONS_ENDED, access, keeps
from .admin.views import AssignRole, DeleteAccounts, SetActiveState

# After Wagtail's own: the last action of a name is the one that counts.
for action in (AssignRole, SetActiveState, DeleteAccounts):
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def access_url() -> list[URLPattern]:
    """Serve the sessions of an account."""
    return [path("users/<int:number>/acceso/", access, name=ADDRESS)]


@hooks.register("register_user_listing_buttons")
def access_button(user: User, request_user: User, **kwargs: Any) -> Iterator[Button]:
    """Lead from the list of accounts to where each one is open."""
    if keeps(request_user, user):
        yield Button(_("Acceso y sesiones"), reverse(ADDRESS, args=[user.pk]), icon_name="key", priority=40)


@hooks.register("register_settings_menu_item")
def own_account() -> MenuItem:
    """Lead everybody to her own second factor, password and sessions."""
    return MenuItem(_("Tu acceso"), reverse("mfa_index"), name="own-access", icon_name="key", order=50)


@hooks.register("register_log_actions")
def account_actions(actions: LogActionRegistry) -> None:
    """Name what whoever keeps accounts does to the others' access."""
    actions.register_action(SESSIONS_ENDED, _("Cerrar sesiones"), _("Cerró sesiones de la cuenta"))
    actions.register_action(FACTOR_REMOVED, _("Quitar el segundo paso"), _("Quitó el segundo paso"))
