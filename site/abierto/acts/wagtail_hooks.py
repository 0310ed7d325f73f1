"""The acts of the state in Wagtail's admin."""

from collections.abc import Iterable
from functools import partial
from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import administers
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .administration import collect_due_changes
from .views import ActsView, AdministrationView, HandoverView, SuspensionView, TownView

URLS = [
    path("", ActsView.as_view(), name="list"),
    path("suspension/", SuspensionView.as_view(), name="suspension"),
    path("administracion/", TownView.as_view(), name="town"),
    path("administracion/<int:pk>/", AdministrationView.as_view(), name="administration"),
    path("relevo/", HandoverView.as_view(), name="handover"),
]


VIEWS = ("list", "suspension", "town", "administration", "handover")

register_policies({f"acts:{view}": AddressPolicy(Reach.STATE_ONLY) for view in VIEWS})


class ActsMenuItem(MenuItem):
    """Link to the acts, for the administrators of the state."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Check the cached spaces of the account; the views check the database."""
        user = cast(User, request.user)
        return user.is_superuser or administers(user, SpaceKind.STATE)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the acts."""
    return [path("actos/", include((URLS, "acts")))]


@hooks.register("register_settings_menu_item")
def register_acts_item() -> MenuItem:
    """Add the menu item beside the spaces."""
    return ActsMenuItem(
        _("Actos del Estado"), reverse_lazy("acts:list"), name="acts", icon_name="clipboard-list", order=606
    )


@hooks.register("scheduled_work")
def change_due_administrations() -> Iterable[tuple[str, partial[None]]]:
    """Apply the confirmed changes of administration that are due."""
    return collect_due_changes()
