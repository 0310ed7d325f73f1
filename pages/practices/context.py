"""The contexts of the list of good practices and of one practice, with the filters of the list."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pages.core.evidence import read_evidence
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.plans.filters import PlainChoiceFilter
from pages.reports.models import ReportPage

from .enums import PracticeTopic
from .models import GoodPracticeIndexPage, GoodPracticePage


class PracticeFilter(django_filters.FilterSet):
    """Filter practices by topic, municipality and year; the only reader of the query string of the bank."""

    tema = PlainChoiceFilter(
        label=_("Tema"), field_name="topic", choices=PracticeTopic.choices, empty_label=_("Todos")
    )
    municipio = PlainChoiceFilter(
        label=_("Municipio"), field_name="municipality__code", choices=[], empty_label=_("Todos")
    )
    anio = PlainChoiceFilter(label=_("Año"), field_name="year", choices=[], empty_label=_("Todos"))

    class Meta:
        model = GoodPracticePage
        fields: list[str] = []

    def __init__(self, *args: Any, queryset: Any, **kwargs: Any) -> None:
        super().__init__(*args, queryset=queryset, **kwargs)
        values = queryset.order_by().values_list("municipality__code", "municipality__name", "year")
        rows = set(values.distinct())
        towns = {(code, name) for code, name, _year in rows if code}
        self.filters["municipio"].extra["choices"] = sorted(towns, key=lambda town: town[1])
        years = {str(year) for _code, _name, year in rows if year}
        self.filters["anio"].extra["choices"] = [(year, year) for year in sorted(years, reverse=True)]


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
