"""Where the work around reviews shows in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from abierto.approval.review.notes import keep_note
from abierto.approval.review.stand_ins import ABSENT_HOOK, HOOK
from abierto.bundles.locks import check_alone
from abierto.bundles.schedule import ACTION as DATE_CHANGED
from abierto.bundles.schedule import DateChangeFormatter, scheduled_together
from abierto.bundles.views import FailedBundlesPanel
from abierto.delegation.services import absent_reviewers, stands_in
from abierto.guest_links.services import may_share
from pages.plans.models import PlanPage

from . import isolation, urls  # noqa: F401 (registers the policies)
from .dates import check_date_of_review
from .pending_views import MissingPanel
from .queue_views import QueuePanel


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Give each screen its address."""
    return [path("trabajo/", include(urls, namespace="reviewing"))]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """Lead to the reviewer's queue."""
    return MenuItem(
        _("Por revisar"),
        reverse_lazy("dashboard:queue"),
        name="por-revisar",
        icon_name="clipboard-list",
        order=20,
    )


hooks.register(HOOK, stands_in)
hooks.register(ABSENT_HOOK, absent_reviewers)
hooks.register("check_review_decision", check_alone)
hooks.register("check_review_decision", check_date_of_review)
hooks.register("scheduled_together", scheduled_together)


@hooks.register("register_admin_menu_item")
def missing_menu_item() -> MenuItem:
    """Lead to what is still to do."""
    return MenuItem(
        _("Qué me falta"), reverse_lazy("dashboard:pending"), name="que-me-falta", icon_name="tasks", order=21
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name in the history what happens around a draft."""
    actions.register_action(
        "abierto.guest_link", _("Compartir un borrador"), _("Hizo un enlace para leer el borrador")
    )
    actions.register_action(
        "abierto.guest_link_revoked", _("Revocar un enlace"), _("Revocó un enlace para leer el borrador")
    )
    actions.register_action(DATE_CHANGED)(DateChangeFormatter)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_to_share(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Offer to let a guest read a draft, to whoever may edit it."""
    if page.latest_revision_id and (not page.live or page.has_unpublished_changes) and may_share(page, user):
        address = reverse("guest_links:create", args=[page.pk])
        yield Button(_("Compartir este borrador"), url=address, icon_name="link", priority=95)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def lead_to_the_calendar(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Lead from a public plan to what is due of it."""
    specific = page.specific_deferred if type(page) is Page else page
    if isinstance(specific, PlanPage) and page.live and page.alias_of_id is None:
        address = reverse("deadlines:calendar", args=[page.pk])
        yield Button(_("Calendario de reportes"), url=address, icon_name="date", priority=94)


@hooks.register("register_admin_menu_item")
def together_menu_item() -> SubmenuMenuItem:
    """Lead to what is done with others."""
    items = [
        MenuItem(_("Paquetes"), reverse_lazy("bundles:list"), name="paquetes", icon_name="copy", order=1),
        MenuItem(
            _("Delegaciones"),
            reverse_lazy("delegation:list"),
            name="delegaciones",
            icon_name="group",
            order=2,
        ),
        MenuItem(
            _("Enlaces de lectura"),
            reverse_lazy("guest_links:list"),
            name="enlaces",
            icon_name="link",
            order=3,
        ),
        MenuItem(
            _("Calendario de reportes"),
            reverse_lazy("deadlines:calendars"),
            name="calendario",
            icon_name="date",
            order=4,
        ),
    ]
    return SubmenuMenuItem(_("En equipo"), Menu(items=items), name="en-equipo", icon_name="group", order=180)


class StateMenuItem(MenuItem):
    """Shown to whoever runs the state's space."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person sets the terms of reviews: what she may do has been read already."""
        return request.user.has_perm("deadlines.change_deadlinesettings")


@hooks.register("register_settings_menu_item")
def steps_menu_item() -> MenuItem:
    """Lead to the steps of each space's review."""
    return StateMenuItem(
        _("Pasos de la revisión"),
        reverse_lazy("dashboard:steps"),
        name="pasos-de-la-revision",
        icon_name="clipboard-list",
        order=310,
    )


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Show what is still to do and what waits; Wagtail's own panel loads everything that waits at once."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels += [FailedBundlesPanel(), MissingPanel(), QueuePanel()]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def keep_the_note(request: HttpRequest, subject: Any) -> None:
    """Keep the author's note when the form handed in."""
    keep_note(request, subject)
