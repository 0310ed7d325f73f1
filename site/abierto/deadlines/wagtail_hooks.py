"""The reporting calendar in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState

from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key
from pages.plans.models import PlanPage

from .models import ReviewNotice
from .views import CalendarFileView, CalendarListView, CalendarView

URLS = [
    path("", CalendarListView.as_view(), name="calendars"),
    path("<int:plan_id>/", CalendarView.as_view(), name="calendar"),
    path("<int:plan_id>/reportes.ics", CalendarFileView.as_view(), name="calendar_file"),
]

register_branches({ReviewNotice: by_foreign_key("task_state", TaskState)})

OF_A_PLAN = AddressPolicy(Reach.OWN_VIEW, {"plan_id": row_sets.BROWSABLE_PAGES})

register_policies(
    {
        "deadlines:calendars": AddressPolicy(Reach.OWN_VIEW),
        "deadlines:calendar": OF_A_PLAN,
        "deadlines:calendar_file": OF_A_PLAN,
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the reporting calendar."""
    return [path("trabajo/calendario/", include((URLS, "deadlines")))]


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
