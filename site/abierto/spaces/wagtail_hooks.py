"""Spaces in Wagtail's admin."""

from collections.abc import Iterable
from functools import partial
from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.tenancy.access import administers
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .agreement_views import AgreementsView
from .agreements import collect_overdue_work, find_granters
from .municipality_views import (
    MicrositeTemplateView,
    MunicipalityProposeView,
    ProposalsView,
    ReviewSourceView,
)
from .registry_views import TownRowView
from .team import EDITOR_DEACTIVATED, TRANSLATOR_ADDED
from .team_views import TeamView
from .views import SpaceCreateView, SpaceDetailView, SpaceListView

URLS = [
    path("", SpaceListView.as_view(), name="list"),
    path("nuevo/", SpaceCreateView.as_view(), name="create"),
    path("municipios/", ProposalsView.as_view(), name="proposals"),
    path("municipios/nuevo/", MunicipalityProposeView.as_view(), name="propose"),
    path("municipios/plantilla/", MicrositeTemplateView.as_view(), name="template"),
    path("acuerdos/", AgreementsView.as_view(), name="agreements"),
    path("ficha/", TownRowView.as_view(), name="town_row"),
    path("equipo/", TeamView.as_view(), name="team"),
    path("<int:pk>/revision/", ReviewSourceView.as_view(), name="review_source"),
    path("<int:pk>/", SpaceDetailView.as_view(), name="detail"),
]


STATE_VIEWS = ("list", "create", "detail", "proposals", "propose", "template", "review_source")
OWN_VIEWS = ("agreements", "team", "town_row")

register_policies(
    {
        **dict.fromkeys((f"spaces:{view}" for view in STATE_VIEWS), AddressPolicy(Reach.STATE_ONLY)),
        **dict.fromkeys((f"spaces:{view}" for view in OWN_VIEWS), AddressPolicy(Reach.OWN_VIEW)),
    }
)


class SpacesMenuItem(MenuItem):
    """Link to the spaces, for users who manage accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the spaces."""
    return [path("espacios/", include((URLS, "spaces")))]


@hooks.register("register_settings_menu_item")
def register_spaces_item() -> MenuItem:
    """Add the menu item beside the accounts."""
    return SpacesMenuItem(
        _("Espacios"), reverse_lazy("spaces:list"), name="spaces", icon_name="group", order=605
    )


class TeamMenuItem(MenuItem):
    """Link to the team, for the administrators of municipalities."""

    def is_shown(self, request: HttpRequest) -> bool:
        return administers(cast(User, request.user), SpaceKind.MUNICIPALITY)


@hooks.register("register_team_menu_item")
def register_team_item() -> MenuItem:
    return TeamMenuItem(
        _("Mi equipo"), reverse_lazy("spaces:team"), name="mi-equipo", icon_name="group", order=3
    )


@hooks.register("register_team_menu_item")
def register_agreements_item() -> MenuItem:
    return TeamMenuItem(
        _("Acuerdos de revisión"),
        reverse_lazy("spaces:agreements"),
        name="acuerdos",
        icon_name="group",
        order=4,
    )


@hooks.register("register_team_menu_item")
def register_row_item() -> MenuItem:
    return TeamMenuItem(
        _("Ficha del registro"), reverse_lazy("spaces:town_row"), name="ficha", icon_name="list-ul", order=5
    )


@hooks.register("shared_step_granters")
def name_granters(step: ReviewTask) -> set[int]:
    """Return the ids of those who agreed that a neighbour reviews."""
    return find_granters(step)


@hooks.register("scheduled_work")
def end_overdue_agreements() -> Iterable[tuple[str, partial[None]]]:
    """End the agreements that are over."""
    return collect_overdue_work()


@hooks.register("register_log_actions")
def register_space_log_actions(actions: LogActionRegistry) -> None:
    """Register the log actions of space administrators on accounts."""
    actions.register_action(
        EDITOR_DEACTIVATED, _("Quitar a quien edita"), _("Quitó a quien edita del espacio")
    )
    actions.register_action(
        TRANSLATOR_ADDED, _("Dar una traducción"), _("Dio a la cuenta el papel de traducir en un espacio")
    )
