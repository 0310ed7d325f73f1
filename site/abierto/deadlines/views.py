"""«Calendario de reportes»: the due days of each plan."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from pages.plans.models import PlanPage

from .calendar import build_calendar, build_icalendar, load_plans


class CalendarListView(WagtailAdminTemplateMixin, TemplateView):
    """The plans with commitments in the user's spaces."""

    template_name = "deadlines/calendars.html"
    page_title = _("Calendario de reportes")
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(plans=load_plans(cast(User, self.request.user)), **kwargs)


class PlanMixin:
    """Load the plan of the URL among those of the user's spaces."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def plan(self) -> PlanPage:
        mine = load_plans(cast(User, self.request.user))
        plan = next((plan for plan in mine if plan.pk == self.kwargs["plan_id"]), None)
        if plan is None:
            raise Http404
        return plan


class CalendarView(PlanMixin, WagtailAdminTemplateMixin, TemplateView):
    """The due days of one plan: open ones first, then past ones."""

    template_name = "deadlines/calendar.html"
    page_title = _("Calendario de reportes")
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("deadlines:calendars"), "label": self.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.plan.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = build_calendar(cast(User, self.request.user), self.plan)
        context: dict[str, Any] = {
            "plan": self.plan,
            "open_days": [day for day in days if day.is_open],
            "past_days": [day for day in reversed(days) if not day.is_open],
            "page_subtitle": self.plan.title,
        }
        return super().get_context_data(**(context | kwargs))


class CalendarFileView(PlanMixin, View):
    """The open due days as an iCalendar file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        days = build_calendar(cast(User, request.user), self.plan)
        file = build_icalendar(self.plan, days)
        response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"{self.plan.slug}.ics")
        return response
