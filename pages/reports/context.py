"""A report with its frozen figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from abierto.addresses import page_url
from pages.core.formatting import full_date
from pages.core.frame import build_frame

from .display import build_report_view
from .models import ReportPage


def build_report_context(page: ReportPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a report."""
    around = build_frame(request, page)
    plan = around.plan
    rows = list(page.rows.order_by("sort_order", "pk"))
    return {
        "plan": plan,
        "report": build_report_view(page, plan, rows) if plan is not None and rows else None,
        "errata": list(page.errata.order_by("date", "sort_order", "pk")),
        "citation": _("%(portal)s. %(title)s. Corte al %(day)s. %(url)s")
        % {
            "portal": around.portal.name,
            "title": page.title,
            "day": full_date(page.cutoff),
            "url": page_url(page, request),
        },
    }
