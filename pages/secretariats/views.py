"""The public list of the agreements of all secretariats."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from abierto.tenancy.tree_paths import below_any
from pages.core.cache import mark_cacheable
from pages.core.frame import extend_view_frame
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.core.rendering import render_view
from pages.plans.filters import PlainChoiceFilter

from .context import describe_agreements
from .enums import AgreementState
from .inlines import Agreement
from .queries import ListedSecretariat, list_public_agreements, read_secretariats, state_condition

PER_PAGE = 50


class AgreementFilter(django_filters.FilterSet):
    """Filter agreements by state and secretariat; the only reader of the query string of the list."""

    estado = PlainChoiceFilter(
        label=gettext_lazy("Estado"),
        method="filter_by_state",
        choices=AgreementState.choices,
        empty_label=gettext_lazy("Todos"),
    )
    secretariado = PlainChoiceFilter(
        label=gettext_lazy("Secretariado"),
        method="filter_by_secretariat",
        choices=[],
        empty_label=gettext_lazy("Todos"),
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


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements of all public sessions, those due first on top."""
    url = reverse("pages:agreements")
    extend_view_frame(request, _("Acuerdos"), url)
    filters, rows = filter_agreements(request)
    listed = get_list_page(request, rows.select_related("responsible", "page__locale"), PER_PAGE)
    context = {
        "filters": filters,
        "is_filtered": is_filtered(filters),
        "listed": listed,
        "rows": describe_agreements(listed.object_list, timezone.localdate(), request),
        "pager": build_list_pager(request, listed),
        "clear_url": url,
    }
    return mark_cacheable(render_view(request, "secretariats/agreements.html", context))


def filter_agreements(request: HttpRequest) -> tuple[AgreementFilter, QuerySet[Agreement]]:
    """Return the filters of the list and the agreements that pass them, those due first on top."""
    filters = AgreementFilter(
        request.GET or None, queryset=list_public_agreements(), secretariats=read_secretariats()
    )
    order = (F("done_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "-page__starts_at")
    return filters, filters.qs.order_by(*order, "page__path", "sort_order", "pk")
