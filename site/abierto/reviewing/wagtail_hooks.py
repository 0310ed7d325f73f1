"""Where the work around reviews shows in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from abierto.editorial.stand_ins import HOOK

from . import urls
from .delegating import stands_in
from .notes import keep_note
from .views.missing import MissingPanel
from .views.queue import QueuePanel


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Give each screen its address."""
    return [path("trabajo/", include(urls, namespace="reviewing"))]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """Lead to the reviewer's queue."""
    return MenuItem(
        _("Por revisar"),
        reverse_lazy("reviewing:queue"),
        name="por-revisar",
        icon_name="clipboard-list",
        order=20,
    )


hooks.register(HOOK, stands_in)


@hooks.register("register_admin_menu_item")
def missing_menu_item() -> MenuItem:
    """Lead to what is still to do."""
    return MenuItem(
        _("Qué me falta"), reverse_lazy("reviewing:missing"), name="que-me-falta", icon_name="tasks", order=21
    )


@hooks.register("register_admin_menu_item")
def delegations_menu_item() -> MenuItem:
    """Lead to the delegations."""
    return MenuItem(
        _("Delegaciones"),
        reverse_lazy("reviewing:delegations"),
        name="delegaciones",
        icon_name="group",
        order=190,
    )


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Show what is still to do and what waits; Wagtail's own panel loads everything that waits at once."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels += [MissingPanel(), QueuePanel()]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def keep_the_note(request: HttpRequest, subject: Any) -> None:
    """Keep the author's note when the form handed in."""
    keep_note(request, subject)
