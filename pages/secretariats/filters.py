"""The filters of the list of agreements: the only reader of its query string."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.tenancy.tree_paths import below_any
from pages.plans.filters import PlainChoiceFilter

from .enums import AgreementState
from .inlines import Agreement
from .querysets import ListedSecretariat, state_condition


class AgreementFilter(django_filters.FilterSet):
    """Filter agreements by their state today and by their secretariat."""

    estado = PlainChoiceFilter(
        label=_("Estado"), method="filter_by_state", choices=AgreementState.choices, empty_label=_("Todos")
    )
    secretariado = PlainChoiceFilter(
        label=_("Secretariado"), method="filter_by_secretariat", choices=[], empty_label=_("Todos")
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def __init__(self, *args: Any, secretariats: list[ListedSecretariat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secretariats = {one.value: one for one in secretariats}
        choices = [(one.value, one.title) for one in secretariats]
        self.filters["secretariado"].extra["choices"] = choices

    def filter_by_state(self, rows: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Filter by the state today."""
        return rows.filter(state_condition(AgreementState(value), timezone.localdate()))

    def filter_by_secretariat(self, rows: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Filter by a secretariat, in whatever language its sessions are."""
        return rows.filter(below_any(self.secretariats[value].paths, "page__"))
