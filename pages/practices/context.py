"""The contexts of the bank of good practices."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest

from pages.core.evidence import read_evidence
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.reports.models import ReportPage

from .filters import PracticeFilter
from .models import GoodPracticeIndexPage, GoodPracticePage

PER_PAGE = 40


def build_index_context(page: GoodPracticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the bank: the public practices of the whole portal, the last year first."""
    practices = GoodPracticePage.objects.public().in_active_language()
    filters = PracticeFilter(request.GET or None, queryset=practices)
    rows = filters.qs.select_related("municipality")
    listed = get_list_page(request, rows.order_by(F("year").desc(nulls_last=True), "title", "path"), PER_PAGE)
    return {
        "filters": filters,
        "is_filtered": is_filtered(filters),
        "listed": listed,
        "rows": [(row, row.get_url(request) or "") for row in listed.object_list],
        "pager": build_list_pager(request, listed),
        "clear_url": page.get_url(request) or "",
    }


def build_practice_context(page: GoodPracticePage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a practice: its evidence, and the report from which it comes if that is public."""
    report = ReportPage.objects.public().filter(pk=page.report_id).first() if page.report_id else None
    return {
        "evidence": read_evidence([page.evidence])[0],
        "report": report,
        "report_url": report.get_url(request) if report is not None else "",
    }
