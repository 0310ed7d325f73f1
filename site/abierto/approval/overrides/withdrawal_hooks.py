"""Hooks that ask for the reason before the admin unpublishes or deletes public content, and the panel."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from .withdrawal_reasons import ask_reason
from .withdrawals import load_recent_withdrawals

#: Bulk actions that withdraw objects.
WITHDRAWING_ACTIONS = {"unpublish": False, "delete": True}


@hooks.register("before_unpublish_page")
@hooks.register("before_unpublish")
def ask_unpublish_reason(request: HttpRequest, subject: models.Model) -> HttpResponse | None:
    """Ask for the reason before the admin unpublishes an object and its descendants."""
    return ask_reason(request, [subject], deletes=False)


@hooks.register("before_delete_page")
def ask_page_deletion_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask for the reason before the admin deletes a page with public content."""
    return ask_reason(request, [page], deletes=True)


@hooks.register("before_delete_snippet")
def ask_row_deletion_reason(request: HttpRequest, rows: list[models.Model]) -> HttpResponse | None:
    """Ask for the reason before the admin deletes public rows."""
    return ask_reason(request, rows, deletes=True)


@hooks.register("before_bulk_action")
def ask_bulk_reason(
    request: HttpRequest, action_type: str, objects: list[models.Model], action: Any
) -> HttpResponse | None:
    """Ask for the reason before a bulk withdrawal."""
    if action_type not in WITHDRAWING_ACTIONS:
        return None
    return ask_reason(request, objects, deletes=WITHDRAWING_ACTIONS[action_type])


class WithdrawnPanel(Component):
    """The dashboard panel of recent withdrawals, for reviewers."""

    name = "withdrawn"
    template_name = "approval/withdrawn_panel.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"withdrawn": load_recent_withdrawals(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def show_withdrawn_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel to the home page."""
    panels.append(WithdrawnPanel())
