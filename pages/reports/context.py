"""The context of a report with its frozen figures."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abierto.addresses import page_url
from pages.core.cache import cached_for_version
from pages.core.formatting import describe_period, full_date
from pages.core.frame import build_frame
from pages.plans.models import PlanPage

from .display import ReportView, build_report_view
from .models import ReportPage


def build_report_context(page: ReportPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a report."""
    around = build_frame(request, page)
    plan = around.plan
    # The figures are frozen; the preview of a draft has no version and reads its own.
    report = cached_for_version(("report", page.pk, get_language()), partial(_read_report, page, plan))
    return {
        "plan": plan,
        "period": describe_period(page.period_start, page.period_end),
        "report": report,
        "table": _render_table(page, report) if report is not None else "",
        "errata": list(page.errata.order_by("date", "sort_order", "pk")),
        "citation": _("%(portal)s. %(title)s. Cifras al %(day)s. %(url)s")
        % {
            "portal": around.portal.name,
            "title": page.title,
            "day": full_date(page.cutoff),
            "url": page_url(page, request),
        },
    }


def _render_table(page: ReportPage, report: ReportView) -> str:
    """Render the rows of the report, cached: they are frozen and take half the time of the page."""
    return cached_for_version(
        ("report table", page.pk, get_language()),
        lambda: render_to_string("components/report_table.html", {"sections": report.sections}),
    )


def _read_report(page: ReportPage, plan: PlanPage | None) -> ReportView | None:
    """Return the figures of ``page``; None without any."""
    rows = list(page.rows.order_by("sort_order", "pk"))
    return build_report_view(page, plan, rows) if plan is not None and rows else None
