"""The filters of the bank: the only reader of its query string."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from pages.plans.filters import PlainChoiceFilter

from .enums import PracticeTopic
from .models import GoodPracticePage


class PracticeFilter(django_filters.FilterSet):
    """Filter practices by topic, municipality and year."""

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
