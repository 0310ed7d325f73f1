"""Fields and values of the present figures, and of the plan and axis of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.opendata.fields import Field, Record, from_source
from abierto.tenancy.visibility import filter_public
from pages.core.translation import source_language_condition
from pages.figures.models import ProgressFigure

from .base import DAY, INTEGER, NUMBER, PORTAL, TEXT, YES_NO, PagesAbove

PLAN_SOURCE = _("El plan de acción.")
OF_PLAN = from_source(
    PORTAL,
    Field("plan_id", TEXT, _("Identificador del plan")),
    Field("plan", TEXT, _("Plan")),
)
OF_AXIS = from_source(
    PLAN_SOURCE,
    Field("axis_id", TEXT, _("Identificador del eje")),
    Field("axis_code", TEXT, _("Clave del eje")),
    Field("axis", TEXT, _("Eje")),
)
FIGURE = from_source(
    _("Los avances que publican las instituciones."),
    Field("progress", NUMBER, _("Avance"), _("La cifra que cuenta: la declarada o la calculada."), "%"),
    Field("progress_declared", NUMBER, _("Avance declarado"), _("El que dice la institución."), "%"),
    Field(
        "progress_computed",
        NUMBER,
        _("Avance calculado"),
        _("El promedio según la regla del plan."),
        "%",
        PORTAL,
    ),
    Field("stage", TEXT, _("Etapa"), _("Donde no hay porcentaje.")),
    Field("reported_on", DAY, _("Último reporte"), _("El día de la cifra.")),
    Field("differs", YES_NO, _("Difieren"), _("La cifra declarada no es la calculada."), source=PORTAL),
    Field("note", TEXT, _("Nota aclaratoria"), _("Por qué difieren.")),
    Field("proofs_promised", INTEGER, _("Pruebas prometidas"), unit=_("pruebas"), source=PORTAL),
    Field("proofs_pending", INTEGER, _("Pruebas pendientes"), unit=_("pruebas"), source=PORTAL),
    Field("proofs_published", INTEGER, _("Pruebas publicadas"), unit=_("pruebas"), source=PORTAL),
)
PACE = Field(
    "pace",
    TEXT,
    _("Ritmo"),
    _("El avance contra el esperado en el día de la cifra."),
    source=PORTAL,
)


def describe_figure(figure: ProgressFigure | None) -> Record:
    """Return the values of ``FIGURE``; without a report all are unknown."""
    return {
        "progress": figure.effective if figure is not None else None,
        "progress_declared": figure.declared if figure is not None else None,
        "progress_computed": figure.computed if figure is not None else None,
        "stage": figure.stage if figure is not None else "",
        "reported_on": figure.reported_on if figure is not None else None,
        "differs": figure.differs if figure is not None else None,
        "note": figure.note if figure is not None else "",
        "proofs_promised": figure.means_count if figure is not None else None,
        "proofs_pending": figure.pending_count if figure is not None else None,
        "proofs_published": figure.evidence_count if figure is not None else None,
    }


def read_figures(pages: Sequence[Any]) -> dict[Any, ProgressFigure]:
    """Return the figures of pages or actions by key, with one query."""
    return ProgressFigure.objects.by_key(page.translation_key for page in pages)


def describe_plan_above(above: PagesAbove, page: Page) -> Record:
    """Return the values of ``OF_PLAN``."""
    plan = above.find(page, "planpage")
    return {"plan_id": str(plan.translation_key) if plan else "", "plan": plan.title if plan else ""}


def describe_axis_above(above: PagesAbove, page: Page) -> Record:
    """Return the values of ``OF_AXIS``."""
    axis = above.find(page, "axispage")
    return {
        "axis_id": str(axis.translation_key) if axis else "",
        "axis_code": axis.code if axis else "",
        "axis": axis.title if axis else "",
    }


def match_pages_above(model: type[Page], key: str, prefix: str = "") -> Q:
    """Return the condition on pages below the public page of a type with this translation key.

    Raises:
        ValidationError: for a text that is not a translation key.
    """
    pages = filter_public(model._default_manager.filter(source_language_condition(), translation_key=key))
    path = pages.values_list("path", flat=True).first()
    return Q(**{f"{prefix}path__startswith": path}) if path is not None else Q(pk__in=[])
