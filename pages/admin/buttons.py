"""Buttons of pages in the admin that start a draft: an update, a report, a practice, a new plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage, find_plan
from pages.practices.drafts import may_start_practice
from pages.reports.models import ReportPage

from .draft_views import may_start_draft


def start_buttons(page: Page, user: Any, priority: int) -> Iterator[Button]:
    """Yield the button that starts a draft under ``page``, for those who may."""
    specific = page.specific_deferred if type(page) is Page else page
    if (
        isinstance(specific, CommitmentPage)
        and may_start_draft(specific, user)
        and _reports_progress(specific)
    ):
        yield start_update_button(specific, priority)
    elif isinstance(specific, ReportPage) and may_start_practice(specific):
        if may_start_draft(specific.get_parent().specific, user):
            yield Button(
                _("Nueva buena práctica"),
                url=reverse("reports:start_practice", args=[specific.pk]),
                icon_name="pick",
                priority=priority,
            )
    elif isinstance(specific, PlanPage) and may_start_draft(specific, user):
        yield from plan_buttons(specific, user, priority)


def plan_buttons(plan: PlanPage, user: Any, priority: int) -> Iterator[Button]:
    """Yield the buttons of a plan: its report, its outline, and a new plan from it."""
    if plan.measures_progress:
        yield Button(
            _("Preparar informe"),
            url=reverse("reports:start_report", args=[plan.pk]),
            icon_name="clipboard-list",
            priority=priority,
        )
    yield Button(
        _("Esquema del plan"),
        url=reverse("plans:outline", args=[plan.pk]),
        icon_name="list-ul",
        priority=priority,
    )
    index = plan.get_parent()
    if may_start_draft(index, user):
        yield Button(
            _("Nuevo plan a partir de este"),
            url=reverse("plans:start_plan", args=[plan.pk]),
            icon_name="copy",
            priority=priority,
        )


def start_update_button(commitment: CommitmentPage, priority: int = 1, *, in_listing: bool = False) -> Button:
    """Return the button that opens «Reportar avance»; in a listing icons have no size of their own."""
    return Button(
        _("Reportar avance"),
        url=reverse("commitments:start_update", args=[commitment.pk]),
        icon_name=None if in_listing else "upload",
        classname="button button-small button-secondary" if in_listing else "",
        priority=priority,
    )


def _reports_progress(commitment: CommitmentPage) -> bool:
    plan = find_plan(commitment)
    return plan is not None and plan.measures_progress and plan.closed_on is None
