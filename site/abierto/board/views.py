"""«Tablero de los municipios»: all of them for the state, its own row for a municipality."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.exports import BYTE_ORDER_MARK, csv_value

from .queries import filter_own_rows, find_own_codes, read_board, read_figure_lines
from .rules import BoardFilter, BoardOrder, BoardRow, filter_rows, sort_rows

ORDER_CHOICES = (
    (BoardOrder.NAME.value, _("Municipio")),
    (BoardOrder.STEP.value, _("Paso alcanzado")),
    (BoardOrder.SECRETARIAT.value, _("Periodo del secretariado")),
    (BoardOrder.UPDATE.value, _("Último avance")),
    (BoardOrder.LATE.value, _("Reportes atrasados")),
)
FILTER_CHOICES = (
    ("", _("Todos")),
    (BoardFilter.SECRETARIAT.value, _("Sin secretariado vigente")),
    (BoardFilter.ROADMAP.value, _("Sin hoja de ruta")),
    (BoardFilter.PLAN.value, _("Sin plan publicado")),
    (BoardFilter.UPDATE.value, _("Sin reporte de avance")),
    (BoardFilter.LATE.value, _("Con reportes atrasados")),
    (BoardFilter.ANSWER.value, _("Con observaciones sin respuesta")),
)


class BoardForm(forms.Form):
    """Order and filter of the board; an unknown value is an error of its field."""

    orden = forms.ChoiceField(label=_("Ordenar por"), choices=ORDER_CHOICES, required=False)
    falta = forms.ChoiceField(label=_("Mostrar"), choices=FILTER_CHOICES, required=False)

    @property
    def order(self) -> BoardOrder:
        return BoardOrder(self.cleaned_data.get("orden") or BoardOrder.NAME)

    @property
    def filter(self) -> BoardFilter | None:
        chosen = self.cleaned_data.get("falta")
        return BoardFilter(chosen) if chosen else None


class BoardMixin:
    """Read the rows that the user may see, in the order and with the filter of the query."""

    request: HttpRequest

    @cached_property
    def all_rows(self) -> list[BoardRow]:
        return read_board(timezone.localdate())

    @cached_property
    def own_codes(self) -> set[str] | None:
        return find_own_codes(cast(User, self.request.user))

    @cached_property
    def form(self) -> BoardForm:
        form = BoardForm(self.request.GET)
        form.is_valid()
        return form

    @property
    def rows(self) -> list[BoardRow]:
        own = filter_own_rows(self.all_rows, self.own_codes)
        return sort_rows(filter_rows(own, self.form.filter), self.form.order)


class BoardView(BoardMixin, WagtailAdminTemplateMixin, TemplateView):
    """The board: figures of all municipalities, then one row for each that the user may see."""

    template_name = "board/board.html"
    page_title = _("Tablero de los municipios")
    header_icon = "site"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "rows": self.rows,
            "form": self.form,
            "lines": read_figure_lines(self.all_rows),
            "is_state": self.own_codes is None,
            "today": timezone.localdate(),
            "query": self.request.GET.urlencode(),
        }
        return super().get_context_data(**(context | kwargs))


class BoardFileView(BoardMixin, View):
    """The same rows as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(
            True, f"tablero-{timezone.localdate():%Y-%m-%d}.csv"
        )
        csv.writer(response).writerows([csv_value(cell) for cell in line] for line in csv_lines(self.rows))
        return response


def csv_lines(rows: Iterable[BoardRow]) -> Iterable[list[Any]]:
    """Yield the headings and a line for each row; a value that is not known is empty."""
    yield [
        gettext("Clave INEGI"),
        gettext("Municipio"),
        gettext("Paso alcanzado"),
        gettext("Pasos"),
        gettext("Declaración conjunta"),
        gettext("Secretariado instalado"),
        gettext("Secretariado hasta"),
        gettext("Plan"),
        gettext("Último avance"),
        gettext("Reportes atrasados"),
        gettext("Observaciones en plazo"),
        gettext("Observaciones fuera de plazo"),
        gettext("Sitio propio"),
        gettext("Estado del sitio"),
        gettext("Sitio revisado"),
        gettext("Qué falta"),
    ]
    for row in rows:
        yield [
            row.code,
            row.name,
            row.reached,
            row.steps or None,
            row.declaration,
            row.installed_on,
            row.valid_until,
            row.plan_title,
            row.last_update_on,
            row.late,
            row.open_observations,
            row.late_observations,
            row.site_url,
            row.site_state,
            row.site_checked_at,
            " ".join(row.missing),
        ]
