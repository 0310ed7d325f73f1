"""Labels of the indexed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import filter_public
from pages.core.cache import cached_for_version
from pages.core.formatting import short_plan_name
from pages.core.search import SearchKind
from pages.plans.keys import PLAN_DEPTH, plan_key
from pages.plans.models import PlanPage

KIND_LABELS: Mapping[SearchKind, Promise] = {
    SearchKind.PLAN: _("Plan"),
    SearchKind.AXIS: _("Eje"),
    SearchKind.COMMITMENT: _("Compromiso"),
    SearchKind.LINE: _("Línea de acción"),
    SearchKind.UPDATE: _("Reporte de avance"),
    SearchKind.REPORT: _("Informe"),
    SearchKind.SECRETARIAT: _("Secretariado"),
    SearchKind.SESSION: _("Sesión"),
    SearchKind.DECLARATION: _("Declaración"),
    SearchKind.MUNICIPALITY: _("Municipio"),
    SearchKind.ROADMAP: _("Hoja de ruta"),
    SearchKind.STANDARD: _("Página"),
    SearchKind.INSTITUTION: _("Institución"),
    SearchKind.RULING: _("Sentencia"),
    SearchKind.CALL: _("Convocatoria"),
    SearchKind.CONSULTATION: _("Consulta"),
    SearchKind.FORUM: _("Foro o capacitación"),
    SearchKind.TABLE: _("Mesa de cocreación"),
    SearchKind.GOOD_PRACTICE: _("Buena práctica"),
    SearchKind.MATRIX: _("Matriz de indicadores"),
    SearchKind.PROBLEM_TREE: _("Árbol de problemas"),
    SearchKind.OBSERVATION: _("Observación"),
}
KIND_PLURALS: Mapping[SearchKind, Promise] = {
    SearchKind.PLAN: _("Planes"),
    SearchKind.AXIS: _("Ejes"),
    SearchKind.COMMITMENT: _("Compromisos"),
    SearchKind.LINE: _("Líneas de acción"),
    SearchKind.UPDATE: _("Reportes de avance"),
    SearchKind.REPORT: _("Informes"),
    SearchKind.SECRETARIAT: _("Secretariados"),
    SearchKind.SESSION: _("Sesiones"),
    SearchKind.DECLARATION: _("Declaraciones"),
    SearchKind.MUNICIPALITY: _("Municipios"),
    SearchKind.ROADMAP: _("Hojas de ruta"),
    SearchKind.STANDARD: _("Páginas"),
    SearchKind.INSTITUTION: _("Instituciones"),
    SearchKind.RULING: _("Sentencias"),
    SearchKind.CALL: _("Convocatorias"),
    SearchKind.CONSULTATION: _("Consultas y encuestas"),
    SearchKind.FORUM: _("Foros y capacitaciones"),
    SearchKind.TABLE: _("Mesas de cocreación"),
    SearchKind.GOOD_PRACTICE: _("Buenas prácticas"),
    SearchKind.MATRIX: _("Matrices de indicadores"),
    SearchKind.PROBLEM_TREE: _("Árboles de problemas"),
    SearchKind.OBSERVATION: _("Observaciones"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of what is public now, by filter value: «pal-2022-2024», «pal-2022-2024.3», «coroneo».

    `plan_pages` are the plans by tree path: the status of a figure depends on their dates.
    """

    plans: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, str] = field(default_factory=dict)
    spaces: Mapping[str, str] = field(default_factory=dict)
    plan_pages: Mapping[str, PlanPage] = field(default_factory=dict)


PLAN_FIELDS = (
    *("kind", "status", "closed_on", "period_start", "is_start_assumed", "period_end", "cadence_months"),
    "grace_days",
)


def current_labels(language: str) -> Labels:
    """Return the labels of what is public now, cached; where languages share a value, in this language."""
    return cached_for_version(("labels", language), lambda: _read_labels(language))


def _read_labels(language: str) -> Labels:
    """Read the labels with one query."""
    wanted = Q(planpage__isnull=False) | Q(axispage__isnull=False) | Q(space_root__isnull=False)
    found = filter_public(Page.objects.filter(wanted)).select_related(
        "planpage", "axispage", "locale", "space_root__space"
    )
    own = (
        "path",
        "depth",
        "url_path",
        "slug",
        "title",
        "locale__language_code",
        "space_root__space__slug",
        "axispage__code",
    )
    rows = found.only(
        *own, "space_root__space__name", *(f"planpage__{name}" for name in PLAN_FIELDS)
    ).order_by("path")
    pages = sorted(rows, key=lambda page: page.locale.language_code != language)
    plans = {page.path: page for page in pages if hasattr(page, "planpage")}
    axes: dict[str, str] = {}
    for page in pages:
        plan = plans.get(parent_path(page.path))
        if plan is not None and hasattr(page, "axispage"):
            name = f"{page.axispage.code}. {page.title}"
            if len(plans) > 1:  # every plan has its axis 1
                name = f"{name} ({short_plan_name(plan.title)})"
            axes.setdefault(f"{plan_key(plan)}.{page.axispage.code}", name)
    titles: dict[str, str] = {}
    above = {page.path: page.title for page in pages if hasattr(page, "space_root")}
    for page in plans.values():
        town = above.get(parent_path(page.path), "") if page.depth > PLAN_DEPTH else ""
        titles.setdefault(plan_key(page), f"{page.title} ({town})" if town else page.title)
    spaces = [page.space_root.space for page in pages if hasattr(page, "space_root")]
    return Labels(
        plans=titles,
        axes=axes,
        spaces={space.slug: space.name for space in spaces},
        plan_pages={path: page.planpage for path, page in plans.items()},
    )
