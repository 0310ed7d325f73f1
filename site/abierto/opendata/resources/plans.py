"""Resources of plans and their axes, with their present figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from abierto.opendata.fields import Field, Record, from_source
from abierto.opendata.resource import PageResource
from pages.plans.models import AxisPage, PlanPage
from pages.plans.status import find_figure_status

from .base import (
    DAY,
    INTEGER,
    PAGE_END,
    PAGE_START,
    TEXT,
    YES_NO,
    describe_end,
    describe_start,
    last_change_below,
    read_above,
)
from .figures import (
    FIGURE,
    OF_PLAN,
    PACE,
    PLAN_SOURCE,
    describe_figure,
    describe_plan_above,
    match_pages_above,
    read_figures,
)


class PlanResource(PageResource):
    """Plans with their rules, figure and pace."""

    slug, name, title = "planes", "plan", _("Planes")
    description = _("Lo que un gobierno prometió para un periodo, con su avance.")
    schema_type = "Report"
    model = PlanPage
    own_fields = (
        *PAGE_START,
        *from_source(
            PLAN_SOURCE,
            Field("level", TEXT, _("Nivel"), _("state, municipal o national.")),
            Field("kind", TEXT, _("Tipo"), _("pal, pam o work_plan (plan de trabajo, sin cifras).")),
            Field("status", TEXT, _("Estado"), _("in_progress, concluded o proposal.")),
            Field("period_start", DAY, _("Inicio")),
            Field("is_start_assumed", YES_NO, _("El inicio es un supuesto")),
            Field("period_end", DAY, _("Meta"), _("El último día para cumplir el plan.")),
            Field("closed_on", DAY, _("Cerrado el")),
            Field("objective", TEXT, _("Objetivo")),
            Field("target_text", TEXT, _("Meta en palabras")),
            Field(
                "roll_up",
                TEXT,
                _("Regla de la cuenta"),
                _("«children», «commitments», «actions» o «weighted»."),
            ),
            Field("cadence_months", INTEGER, _("Se reporta cada"), unit=_("meses")),
        ),
        *FIGURE,
        PACE,
        *PAGE_END,
    )

    def modified(self) -> Any:
        return last_change_below()

    def build(self, rows: Sequence[PlanPage], request: HttpRequest) -> list[Record]:
        above, figures, today = read_above(rows), read_figures(rows), timezone.localdate()
        own = ("level", "kind", "status", "period_start", "is_start_assumed", "period_end", "closed_on",
               "objective", "target_text", "roll_up", "cadence_months")  # fmt: skip
        found = []
        for page in rows:
            figure = figures.get(page.translation_key)
            record = describe_start(page, request) | {name: getattr(page, name) for name in own}
            record |= describe_figure(figure)
            record["pace"] = find_figure_status(figure, page, today).pace.value if figure is not None else ""
            found.append(record | describe_end(page, above))
        return found


class AxisResource(PageResource):
    """Axes of plans with their figure."""

    slug, name, title = "ejes", "axis", _("Ejes")
    description = _("Las partes de un plan, cada una con sus compromisos.")
    schema_type = "CreativeWork"
    model = AxisPage
    filters: ClassVar = {"plan": "El identificador de un plan."}
    own_fields = (
        *PAGE_START,
        *OF_PLAN,
        *from_source(
            PLAN_SOURCE,
            Field("code", TEXT, _("Clave")),
            Field("justification", TEXT, _("Justificación")),
            Field("objective", TEXT, _("Objetivo")),
            Field("expected_effect", TEXT, _("Efecto esperado")),
        ),
        *FIGURE,
        *PAGE_END,
    )

    def modified(self) -> Any:
        return last_change_below()

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above(PlanPage, value)

    def build(self, rows: Sequence[AxisPage], request: HttpRequest) -> list[Record]:
        above, figures = read_above(rows), read_figures(rows)
        own = ("code", "justification", "objective", "expected_effect")
        return [
            describe_start(page, request)
            | describe_plan_above(above, page)
            | {name: getattr(page, name) for name in own}
            | describe_figure(figures.get(page.translation_key))
            | describe_end(page, above)
            for page in rows
        ]
