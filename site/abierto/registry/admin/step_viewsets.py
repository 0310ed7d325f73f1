"""Snippet viewsets of the lists of steps and of the figures declared of all municipalities."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.ui.tables import Column

from abierto.registry.models import DeclaredFigure, ListedStep, StepList

from .base import SPACE_PANEL, VALIDITY_PANEL, ValidityFilterSet
from .reviewed import STATUS_COLUMN, ReviewedViewSet


class StepListFilterSet(ValidityFilterSet):
    class Meta:
        model = StepList
        fields = ["space", "live"]


class StepListViewSet(ReviewedViewSet):
    """The lists of steps that roadmaps follow."""

    model = StepList
    icon = "list-ol"
    menu_label = _("Listas de pasos")
    menu_name = "registry-step-lists"
    list_display = [
        "name",
        Column("valid_from", label=_("Desde"), sort_key="valid_from"),
        Column("valid_until", label=_("Hasta"), sort_key="valid_until"),
        Column("step_count", label=_("Pasos"), sort_key="step_count"),
        STATUS_COLUMN,
    ]
    filterset_class = StepListFilterSet
    ordering = ["name"]
    panels = [
        HelpPanel(_("Los pasos se escriben en «Pasos de las listas», uno por uno.")),
        FieldPanel("name", required_on_save=True),
        VALIDITY_PANEL,
        FieldPanel("source_name"),
        FieldPanel("source_date"),
        SPACE_PANEL,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate the number of steps."""
        return super().get_queryset(request).annotate(step_count=Count("steps"))


class ListedStepViewSet(ReviewedViewSet):
    """The steps of the lists."""

    model = ListedStep
    icon = "list-ol"
    menu_label = _("Pasos de las listas")
    menu_name = "registry-listed-steps"
    list_display = [
        "name",
        Column("number", label=_("Número"), sort_key="number"),
        Column("step_list", label=_("Lista"), sort_key="step_list__name"),
        STATUS_COLUMN,
    ]
    list_filter = ["step_list", "live"]
    ordering = ["step_list__name", "number", "pk"]
    select_related = ("space", "step_list")
    panels = [
        FieldPanel("step_list"),
        FieldRowPanel([FieldPanel("number", required_on_save=True)]),
        FieldPanel("name", required_on_save=True),
        FieldPanel("text"),
        FieldPanel("documents"),
        FieldPanel("makes_trees"),
        FieldPanel("makes_matrix"),
        FieldPanel("source"),
        SPACE_PANEL,
    ]


class DeclaredFigureViewSet(ReviewedViewSet):
    """Figures of documents about all municipalities; the board shows them beside the computed ones."""

    model = DeclaredFigure
    icon = "decimal"
    menu_label = _("Cifras declaradas")
    menu_name = "registry-declared-figures"
    list_display = [
        "text",
        Column("get_measure_display", label=_("Qué mide"), sort_key="measure"),
        Column("stated_on", label=_("Fecha"), sort_key="stated_on"),
        Column("source_name", label=_("Documento de origen"), sort_key="source_name"),
        STATUS_COLUMN,
    ]
    list_filter = ["measure", "live"]
    ordering = ["measure", "stated_on", "pk"]
    panels = [
        FieldPanel("measure", required_on_save=True),
        FieldPanel("text", required_on_save=True),
        FieldPanel("stated_on"),
        FieldPanel("source_name"),
        FieldPanel("note"),
        SPACE_PANEL,
    ]
