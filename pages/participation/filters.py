"""The filters of a participation list: the only reader of its query string."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.plans.filters import PlainChoiceFilter

from .gatherings import CoCreationTablePage, ForumPage
from .models import CallPage, ConsultationPage

#: The page types of the list by their value in the query string.
TYPES: dict[str, type[Page]] = {
    "convocatorias": CallPage,
    "consultas": ConsultationPage,
    "foros": ForumPage,
    "mesas": CoCreationTablePage,
}


class ParticipationFilter(django_filters.FilterSet):
    """Filter the pages of a list by their type."""

    tipo = PlainChoiceFilter(
        label=_("Qué buscas"),
        method="filter_by_type",
        choices=[
            ("convocatorias", _("Convocatorias")),
            ("consultas", _("Consultas y encuestas")),
            ("foros", _("Foros y capacitaciones")),
            ("mesas", _("Mesas de cocreación")),
        ],
        empty_label=_("Todo"),
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_by_type(self, rows: QuerySet[Page], name: str, value: str) -> QuerySet[Any]:
        """Filter by the page type."""
        return rows.filter(**{f"{TYPES[value]._meta.model_name}__isnull": False})
