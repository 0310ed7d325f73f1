"""Admin hooks of the accounts app."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from abierto.accounts.models import User

from .admin.access import (
    ACCESS_URL_NAME,
    FACTOR_REMOVED,
    INVITED,
    SESSIONS_ENDED,
    access_view,
    may_manage_access,
)
from .admin.views import AssignRole, DeleteAccounts, SetActiveState

# After Wagtail's own: of two bulk actions with the same name the last one counts.
for action in (AssignRole, SetActiveState, DeleteAccounts):
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def register_access_url() -> list[URLPattern]:
    return [path("users/<int:number>/acceso/", access_view, name=ACCESS_URL_NAME)]


@hooks.register("register_user_listing_buttons")
def add_access_button(user: User, request_user: User, **kwargs: Any) -> Iterator[Button]:
    """Link each account of the listing to its sessions."""
    if may_manage_access(request_user, user):
        yield Button(
            _("Acceso y sesiones"), reverse(ACCESS_URL_NAME, args=[user.pk]), icon_name="key", priority=40
        )


@hooks.register("register_settings_menu_item")
def add_account_menu_item() -> MenuItem:
    """Add the user's own account pages to the settings menu."""
    return MenuItem(_("Tu acceso"), reverse("mfa_index"), name="own-access", icon_name="key", order=50)


@hooks.register("register_log_actions")
def register_account_log_actions(actions: LogActionRegistry) -> None:
    """Register the log actions of administrators on other accounts."""
    actions.register_action(SESSIONS_ENDED, _("Cerrar sesiones"), _("Cerró sesiones de la cuenta"))
    actions.register_action(FACTOR_REMOVED, _("Quitar el segundo paso"), _("Quitó el segundo paso"))
    actions.register_action(INVITED, _("Enviar la invitación"), _("Envió otra vez la invitación a la cuenta"))
