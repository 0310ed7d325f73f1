"""The filters of a plan's list of commitments: the only reader of its query string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from abierto.progress.enums import Pace
from abierto.registry.models import Institution, SDGGoal

from .commitment import CommitmentPage
from .enums import PartyRole
from .parts import CommitmentParty

if TYPE_CHECKING:
    from .axis import AxisPage

PACES = [
    (Pace.DONE, _("Completo")),
    (Pace.ON, _("Al ritmo esperado")),
    (Pace.LOW, _("Debajo de lo esperado")),
    (Pace.STAGE, _("En etapa, sin porcentaje")),
    (Pace.NONE, _("Sin dato")),
]


class CommitmentFilter(django_filters.FilterSet):
    """Narrows the commitments of a plan by axis, institution, status, goal and lateness.

    Status and lateness are worked out by the page from its own figures, so this class only reads and checks
    them: ``form.cleaned_data["estado"]`` and ``["atrasados"]``.
    """

    eje = django_filters.ChoiceFilter(label=_("Eje"), method="in_axis", empty_label=_("Todos"))
    institucion = django_filters.ModelChoiceFilter(
        label=_("Responsable"),
        queryset=Institution.objects.none(),
        method="of_institution",
        empty_label=_("Todas"),
    )
    estado = django_filters.ChoiceFilter(
        label=_("Estado"), choices=PACES, method="left_to_the_page", empty_label=_("Todos")
    )
    ods = django_filters.ModelChoiceFilter(
        label=_("Objetivo de la Agenda 2030"),
        queryset=SDGGoal.objects.none(),
        method="of_goal",
        empty_label=_("Todos"),
    )
    atrasados = django_filters.BooleanFilter(
        label=_("Solo los que deben un reporte"), method="left_to_the_page"
    )

    class Meta:
        model = CommitmentPage
        fields: list[str] = []

    def __init__(self, *args: Any, axes: list[AxisPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes = {axis.code: axis for axis in axes}
        self.filters["eje"].extra["choices"] = [(axis.code, f"{axis.code}. {axis.title}") for axis in axes]
