"""The filters of a list of rulings: the only reader of its query string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from abierto.registry.enums import PriorityGroup
from pages.plans.filters import PlainChoiceFilter

from .enums import Finality, Matter, RulingOutcome
from .index import RulingIndexPage
from .models import RulingPage
from .part_queries import find_paths_with_part
from .parts import PART_TYPES

PARTS = {model.anchor: model for model in PART_TYPES}


class RulingFilter(django_filters.FilterSet):
    """Filter the rulings of a list by the facets that the search has for rulings.

    ``lists`` are the public lists at and below the page; each tribunal is a choice where there are several.
    """

    tribunal = PlainChoiceFilter(
        label=_("Tribunal"), method="filter_by_list", choices=[], empty_label=_("Todos")
    )
    materia = PlainChoiceFilter(
        label=_("Materia"), field_name="matter", choices=Matter.choices, empty_label=_("Todas")
    )
    resultado = PlainChoiceFilter(
        label=_("Resultado"), field_name="outcome", choices=RulingOutcome.choices, empty_label=_("Todos")
    )
    firmeza = PlainChoiceFilter(
        label=_("¿Es firme?"), field_name="finality", choices=Finality.choices, empty_label=_("Todas")
    )
    genero = PlainChoiceFilter(
        label=_("Perspectiva de género"),
        method="filter_by_gender_perspective",
        choices=[("si", _("Sí"))],
        empty_label=_("Todas"),
    )
    grupo = PlainChoiceFilter(
        label=_("Grupo prioritario"),
        field_name="groups__group",
        choices=PriorityGroup.choices,
        empty_label=_("Todos"),
        distinct=True,
    )
    tiene = PlainChoiceFilter(
        label=_("Tiene"),
        method="filter_by_part",
        choices=[(anchor, model.part_title) for anchor, model in PARTS.items()],
        empty_label=_("Cualquier parte"),
    )
    anio = PlainChoiceFilter(
        label=_("Año"), field_name="decided_on", lookup_expr="year", choices=[], empty_label=_("Todos")
    )

    class Meta:
        model = RulingPage
        fields: list[str] = []

    def __init__(
        self, *args: Any, queryset: Any, lists: Iterable[RulingIndexPage] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, queryset=queryset, **kwargs)
        years = queryset.order_by().dates("decided_on", "year", order="DESC")
        found = [str(day.year) for day in years]
        self.filters["anio"].extra["choices"] = [(year, year) for year in found]
        self.lists = {one.slug: one for one in lists if one.tribunal_id is not None}
        names = sorted((one.title, slug) for slug, one in self.lists.items())
        self.filters["tribunal"].extra["choices"] = [(slug, title) for title, slug in names]
        if len(names) < 2:
            del self.filters["tribunal"]

    def filter_by_list(self, rulings: Any, name: str, slug: str) -> Any:
        """Return the rulings of one list."""
        return rulings.descendant_of(self.lists[slug])

    def filter_by_gender_perspective(
        self, rulings: QuerySet[RulingPage], name: str, value: str
    ) -> QuerySet[RulingPage]:
        """Return the rulings that were decided with gender perspective."""
        return rulings.filter(has_gender_perspective=True)

    def filter_by_part(self, rulings: QuerySet[RulingPage], name: str, anchor: str) -> QuerySet[RulingPage]:
        """Return the rulings that have a public part of this kind."""
        return rulings.filter(path__in=find_paths_with_part(PARTS[anchor]))
