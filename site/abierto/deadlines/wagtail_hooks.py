"""The reporting calendar in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.plans.models import PlanPage

from . import isolation, urls  # noqa: F401 (registers the policies)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the reporting calendar."""
    return [path("trabajo/calendario/", include(urls, namespace="deadlines"))]


@hooks.register("register_team_menu_item")
def calendar_menu_item() -> MenuItem:
    """Link to the reporting calendars."""
    return MenuItem(
        _("Calendario de reportes"),
        reverse_lazy("deadlines:calendars"),
        name="calendario",
        icon_name="date",
        order=4,
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def add_calendar_button(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Link from a live plan to its reporting calendar."""
    specific = page.specific_deferred if type(page) is Page else page
    if isinstance(specific, PlanPage) and page.live and page.alias_of_id is None:
        address = reverse("deadlines:calendar", args=[page.pk])
        yield Button(_("Calendario de reportes"), url=address, icon_name="date", priority=94)
