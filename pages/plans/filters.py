"""The filters of a plan's list of commitments: the only reader of its query string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from abierto.progress.enums import Pace
from abierto.registry.models import Institution, SDGGoal
from pages.figures.models import ProgressFigure

from . import quick_views
from .commitments import CommitmentPage
from .models import AxisPage
from .status import FigureStatus

PACES = [
    (Pace.DONE.value, _("Completo")),
    (Pace.ON.value, _("Al ritmo esperado")),
    (Pace.LOW.value, _("Debajo de lo esperado")),
    (Pace.REPORTED.value, _("En proceso")),
    (Pace.STAGE.value, _("En etapa, sin porcentaje")),
    (Pace.NONE.value, _("Sin dato")),
]


class PlainSelect(forms.Select):
    """A select rendered without templates: Django renders one for each option, about sixty on a plan."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render the element with its options, without groups."""
        widget = self.get_context(name, value, attrs)["widget"]
        options = (
            (option["value"], mark_safe(" selected") if option["selected"] else "", option["label"])
            for _group, group, _index in widget["optgroups"]
            for option in group
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(widget["attrs"]),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class PlainChoiceFilter(django_filters.ChoiceFilter):
    """A filter with a plain select."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=PlainSelect, **kwargs)


class CommitmentFilter(django_filters.FilterSet):
    """Filter the commitments of a plan by axis, institution, status, goal and lateness.

    The form validates the query string; an invalid value filters nothing and shows an error.
    """

    eje = PlainChoiceFilter(label=_("Eje"), method="filter_by_axis", empty_label=_("Todos"))
    institucion = PlainChoiceFilter(
        label=_("Institución"), method="filter_by_institution", empty_label=_("Todas")
    )
    estado = PlainChoiceFilter(
        label=_("Estado"), method="filter_by_pace", choices=PACES, empty_label=_("Todos")
    )
    ods = PlainChoiceFilter(
        label=_("Objetivo de la Agenda 2030"), method="filter_by_goal", empty_label=_("Todos")
    )
    reporte = PlainChoiceFilter(
        label=_("Reporte"),
        method="filter_by_lateness",
        choices=[("atrasado", _("Atrasado")), ("al-dia", _("Al día"))],
        empty_label=_("Todos"),
    )

    vista = django_filters.ChoiceFilter(
        label=_("Vista"), method="filter_by_view", choices=quick_views.CHOICES, empty_label=_("Todos")
    )

    class Meta:
        model = CommitmentPage
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        axes: Iterable[AxisPage],
        institutions: Iterable[Institution],
        goals: Iterable[SDGGoal],
        statuses: dict[UUID, FigureStatus],
        figures: dict[UUID, ProgressFigure],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.figures = figures
        self.statuses = statuses
        self.axes = {axis.code: axis for axis in axes}
        self._offer("eje", [(code, f"{code}. {axis.title}") for code, axis in self.axes.items()])
        self._offer(
            "institucion", [(str(institution.pk), institution.short_name) for institution in institutions]
        )
        self._offer("ods", [(str(goal.pk), str(goal)) for goal in goals])
        self._drop_meaningless_choices()

    def _offer(self, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
        self.filters[name].extra["choices"] = choices

    def _drop_meaningless_choices(self) -> None:
        """Remove paces that no expected figure can give, and the lateness filter after the deadline."""
        statuses = self.statuses.values()
        is_judged = any(status.expected is not None and not status.assumed_start for status in statuses)
        unused = {Pace.REPORTED} if is_judged else {Pace.ON, Pace.LOW}
        left_out = unused - {status.pace for status in statuses}
        self._offer("estado", [choice for choice in PACES if choice[0] not in left_out])
        if self.statuses and all(status.is_over for status in self.statuses.values()):
            del self.filters["reporte"]

    def filter_by_axis(self, queryset: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Filter the commitments of one axis by its code."""
        return queryset.descendant_of(self.axes[value])

    def filter_by_institution(
        self, queryset: QuerySet[CommitmentPage], name: str, value: str
    ) -> QuerySet[CommitmentPage]:
        """Filter the commitments that an institution is a party to."""
        return queryset.filter(parties__institution=value).distinct()

    def filter_by_view(
        self, queryset: QuerySet[CommitmentPage], name: str, value: str
    ) -> QuerySet[CommitmentPage]:
        """Filter the commitments of a quick view."""
        return queryset.filter(translation_key__in=quick_views.select_keys(self.figures, value))

    def filter_by_goal(
        self, queryset: QuerySet[CommitmentPage], name: str, value: str
    ) -> QuerySet[CommitmentPage]:
        """Filter the commitments of one Sustainable Development Goal."""
        return queryset.filter(sdg_targets__goal=value).distinct()

    def filter_by_pace(
        self, queryset: QuerySet[CommitmentPage], name: str, value: str
    ) -> QuerySet[CommitmentPage]:
        """Filter the commitments with one pace."""
        keys = [key for key, status in self.statuses.items() if status.pace == value]
        return queryset.filter(translation_key__in=keys)

    def filter_by_lateness(
        self, queryset: QuerySet[CommitmentPage], name: str, value: str
    ) -> QuerySet[CommitmentPage]:
        """Filter the commitments with a late report, or without one."""
        late = value == "atrasado"
        keys = [key for key, status in self.statuses.items() if status.is_late is late]
        return queryset.filter(translation_key__in=keys)
