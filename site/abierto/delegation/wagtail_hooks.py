"""Delegations in Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.approval.models.stand_in import ABSENT_HOOK, DELEGATORS_HOOK

from . import isolation, urls  # noqa: F401 (registers the policies)
from .services import find_absent_reviewer_ids, find_delegator_ids

hooks.register(DELEGATORS_HOOK, find_delegator_ids)
hooks.register(ABSENT_HOOK, find_absent_reviewer_ids)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of delegations."""
    return [path("trabajo/delegaciones/", include(urls, namespace="delegation"))]


@hooks.register("register_team_menu_item")
def delegations_menu_item() -> MenuItem:
    """Link to the list of delegations."""
    return MenuItem(
        _("Delegaciones"), reverse_lazy("delegation:list"), name="delegaciones", icon_name="group", order=2
    )
