"""The filters of a list of rulings: the only reader of its query string."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from pages.plans.filters import PlainChoiceFilter

from .enums import Finality, Matter
from .models import RulingPage


class RulingFilter(django_filters.FilterSet):
    """Filter the rulings of a list by matter, finality and year."""

    materia = PlainChoiceFilter(
        label=_("Materia"), field_name="matter", choices=Matter.choices, empty_label=_("Todas")
    )
    firmeza = PlainChoiceFilter(
        label=_("¿Es firme?"), field_name="finality", choices=Finality.choices, empty_label=_("Todas")
    )
    anio = PlainChoiceFilter(
        label=_("Año"), field_name="decided_on", lookup_expr="year", choices=[], empty_label=_("Todos")
    )

    class Meta:
        model = RulingPage
        fields: list[str] = []

    def __init__(self, *args: Any, queryset: Any, **kwargs: Any) -> None:
        super().__init__(*args, queryset=queryset, **kwargs)
        years = queryset.order_by().dates("decided_on", "year", order="DESC")
        found = [str(day.year) for day in years]
        self.filters["anio"].extra["choices"] = [(year, year) for year in found]
