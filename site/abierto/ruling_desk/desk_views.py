"""The view «Mesa de sentencias»: rulings with the state of each part."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.tenancy.access import scope
from pages.admin.filters import DescendantFilter
from pages.core.formatting import full_date, month_and_year
from pages.rulings.models import RulingPage
from pages.rulings.part_queries import find_paths_with_part
from pages.rulings.part_states import PART_ORDER, read_part_states

from .queries import lists_of_tribunals, loadable_lists


def visible_rulings(request: HttpRequest) -> QuerySet[Any]:
    """Return the rulings that the user may see in the admin, in the source language."""
    return scope(RulingPage.objects.source_language(), request.user)


def visible_lists(request: HttpRequest) -> QuerySet[Any]:
    """Return the lists of tribunals that the user may see in the admin."""
    return scope(lists_of_tribunals(), request.user).order_by("title")


class DeskFilter(WagtailFilterSet):
    """Filters the rulings by tribunal, by month, and by a part that is not public."""

    tribunal = DescendantFilter(label=_("Tribunal"), queryset=visible_lists, empty_label=_("Todos"))
    month = django_filters.ChoiceFilter(label=_("Mes"), method="in_month", empty_label=_("Todos"))
    missing = django_filters.ChoiceFilter(
        label=_("Sin publicar"),
        method="without_part",
        choices=[(model.anchor, model.part_title) for model in PART_ORDER],
        empty_label=_("Cualquiera"),
    )

    class Meta:
        model = RulingPage
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)
        months = visible_rulings(self.request).order_by().dates("decided_on", "month", order="DESC")
        self.filters["month"].extra["choices"] = [(f"{day:%Y-%m}", month_and_year(day)) for day in months]

    def in_month(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter the rulings of a month in ISO 8601."""
        day = parse_date(f"{value}-01")
        if day is None:
            return queryset.none()
        return queryset.filter(decided_on__year=day.year, decided_on__month=day.month)

    def without_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter the rulings whose part with this anchor is not public."""
        model = next(model for model in PART_ORDER if model.anchor == value)
        return queryset.exclude(path__in=find_paths_with_part(model))


def part_cell(model: Any) -> Any:
    """Return the function that writes the state of a part as a link to its form."""

    def write(ruling: Any) -> SafeString:
        state = ruling.part_states[model]
        return format_html('<a href="{}">{}</a>', state.url, state.label)

    return write


def edit_url(ruling: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[ruling.pk])


class DeskView(BaseListingView):
    """List the rulings of the user's tribunals with the state of each part; a fixed number of queries."""

    page_title = _("Mesa de sentencias")
    header_icon = "doc-full-inverse"
    index_url_name = "ruling_desk:desk"
    index_results_url_name = "ruling_desk:desk_results"
    paginate_by = 30
    filterset_class = DeskFilter
    no_results_message = _("Ninguna sentencia.")
    columns = [
        TitleColumn("title", label=_("Sentencia"), accessor="draft_title", get_url=edit_url, width="22%"),
        Column("case_number", label=_("Expediente"), accessor="case_number"),
        Column("decided_on", label=_("Fecha"), accessor=lambda ruling: full_date(ruling.decided_on)),
        Column("record", label=_("Ficha"), accessor=part_cell(RulingPage)),
        *(Column(model.anchor, label=model.part_title, accessor=part_cell(model)) for model in PART_ORDER),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return visible_rulings(self.request).order_by("-decided_on", "path")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the states of the parts to the rulings of this page of the listing."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = list(context["object_list"])
        states = read_part_states(listed)
        for ruling in context["object_list"]:
            ruling.part_states = states[ruling.path]
        return context

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = [
            HeaderButton(_("Cuenta por mes"), reverse("ruling_desk:counts"), icon_name="table"),
            HeaderButton(_("Lotes"), reverse("ruling_desk:batches"), icon_name="copy"),
        ]
        if loadable_lists(self.request.user).exists():
            buttons.insert(
                0, HeaderButton(_("Cargar sentencias"), reverse("ruling_desk:upload"), icon_name="plus")
            )
        return buttons
