"""What the values of the index are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from pages.plans.axis import AxisPage
from pages.plans.plan import PlanPage
from search.schema import Kind
from search.visibility import visible

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
    """The labels of what is public now in one language, in one query."""
    found = visible(Page.objects.filter(locale=locale).type(PlanPage, AxisPage)).order_by("path")
    rows = list(found.values_list("path", "slug", "title", "axispage__code"))
    plans = {path: slug for path, slug, _title, code in rows if code is None}
    axes = {}
    for path, _slug, title, code in rows:
        plan = plans.get(path[: -Page.steplen])
        if plan and code is not None:
            axes[f"{plan}.{code}"] = f"{code}. {title}"
    return Labels({slug: title for _path, slug, title, code in rows if code is None}, axes)
