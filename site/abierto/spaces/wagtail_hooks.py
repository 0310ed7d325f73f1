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

from . import isolation, urls  # noqa: F401 (registers the policies)
from .agreements import collect_overdue_work, find_granters
from .team import EDITOR_DEACTIVATED


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
    """Name who agreed that a neighbour reviews."""
    return find_granters(step)


@hooks.register("scheduled_work")
def end_overdue_agreements() -> Iterable[tuple[str, partial[None]]]:
    """End the agreements that are over when what is due is published."""
    return collect_overdue_work()


@hooks.register("register_log_actions")
def register_space_log_actions(actions: LogActionRegistry) -> None:
    """Register what the administrator of a municipality does to an account."""
    actions.register_action(
        EDITOR_DEACTIVATED, _("Quitar a quien edita"), _("Quitó a quien edita del espacio")
    )
