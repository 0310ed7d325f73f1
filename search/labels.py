"""What the values of the index are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from pages.plans.axis import AxisPage
from pages.plans.plan import PlanPage
from search.schema import Kind

ONE: Mapping[Kind, Promise] = {
    Kind.PLAN: _("Plan"),
    Kind.AXIS: _("Eje"),
    Kind.COMMITMENT: _("Compromiso"),
    Kind.UPDATE: _("Avance"),
    Kind.REPORT: _("Informe"),
    Kind.SECRETARIAT: _("Secretariado"),
    Kind.SESSION: _("Sesión"),
    Kind.DECLARATION: _("Declaración"),
    Kind.STANDARD: _("Página"),
}
MANY: Mapping[Kind, Promise] = {
    Kind.PLAN: _("Planes"),
    Kind.AXIS: _("Ejes"),
    Kind.COMMITMENT: _("Compromisos"),
    Kind.UPDATE: _("Avances"),
    Kind.REPORT: _("Informes"),
    Kind.SECRETARIAT: _("Secretariados"),
    Kind.SESSION: _("Sesiones"),
    Kind.DECLARATION: _("Declaraciones"),
    Kind.STANDARD: _("Páginas"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The public plans and axes by the value that filters them: «pal-2022-2024», «pal-2022-2024.3»."""

    plans: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str, value: str) -> str:
        """What a value is called; the value itself when it has no name any more."""
        if name == "kind":
            kind = Kind.parse(value)
            return str(MANY[kind]) if kind else value
        return {"plan": self.plans, "axis": self.axes}.get(name, {}).get(value, value)


def current_labels(locale: Locale) -> Labels:
    """The labels of what is public now in one language."""
    plans = PlanPage.objects.live().public().filter(locale=locale).order_by("-period_start", "path")
    found = list(plans.values_list("path", "slug", "title"))
    slugs = {path: slug for path, slug, _title in found}
    axes: dict[str, str] = {}
    for path, code, title in (
        AxisPage.objects.live().filter(locale=locale).values_list("path", "code", "title")
    ):
        plan = slugs.get(path[: -AxisPage.steplen])
        if plan:
            axes[f"{plan}.{code}"] = f"{code}. {title}"
    return Labels({slug: title for _path, slug, title in found}, axes)
