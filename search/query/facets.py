"""The facets, one row each. The form, the results page, the engines and the downloads follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from abierto.registry.sdg import goals
from pages.charts.badges import SENTENCES
from pages.core.search import SearchKind
from pages.rulings.enums import Finality, RulingOutcome
from search.web.labels import KIND_PLURALS, Labels

from .kinds import LATE

FixedLabels = Callable[[Labels], Mapping[str, "str | Promise"]]

STATUSES = {
    "in_progress": _("Plan en curso"),
    "ended": _("Plazo terminado"),
    "concluded": _("Plan concluido"),
    "proposal": _("Propuesta"),
}
PACES = {pace.value: sentence for pace, sentence in SENTENCES.items()} | {LATE: _("Reporte atrasado")}
GENDER = {"yes": _("Con perspectiva de género")}
VERSIONS = {
    "plain": _("Versión en lenguaje sencillo"),
    "infographic": _("Infografía"),
    "easy": _("Lectura fácil"),
}
FINALITIES = {finality.value: finality.label for finality in Finality}
OUTCOMES = {outcome.value: outcome.label for outcome in RulingOutcome}


class Order(Enum):
    """The order in which the values of a facet are shown."""

    COUNT = auto()
    LISTED = auto()
    NEWEST = auto()


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its index field, its query parameter, and the labels of its values.

    `fixed_labels` returns the only values with their labels; without it, any value is its own label.
    `slugs` maps values to the slugs used in addresses, where they differ.
    """

    field: str
    parameter: str
    label: Promise
    fixed_labels: FixedLabels | None = None
    slugs: Mapping[str, str] = MappingProxyType({})
    order: Order = Order.COUNT

    def to_slug(self, value: str) -> str:
        """Return the value as addresses spell it."""
        return self.slugs.get(value, value)

    def from_slug(self, value: str) -> str:
        """Return the value as the index spells it."""
        return next((own for own, slug in self.slugs.items() if slug == value), value)

    def choices(self, labels: Labels) -> list[tuple[str, str]] | None:
        """Return the accepted values with their labels; None if any value is accepted."""
        if self.fixed_labels is None:
            return None
        return [(self.to_slug(value), str(name)) for value, name in self.fixed_labels(labels).items()]

    def label_of(self, value: str, labels: Labels) -> str:
        """Return the label of an indexed value; empty if it is not one of the fixed values."""
        if self.fixed_labels is None:
            return value[:1].upper() + value[1:]
        return str(self.fixed_labels(labels).get(value, ""))

    def sort_values(self, values: Iterable[str], labels: Labels) -> list[str]:
        """Sort values, given most frequent first, for display."""
        if self.order is Order.NEWEST:
            return sorted(values, reverse=True)
        if self.order is Order.LISTED and self.fixed_labels is not None:
            places = {value: place for place, value in enumerate(self.fixed_labels(labels))}
            return sorted(values, key=lambda value: places.get(value, len(places)))
        return list(values)


def _kinds(labels: Labels) -> Mapping[str, Promise]:
    return {kind.value: name for kind, name in KIND_PLURALS.items()}


def _languages(labels: Labels) -> Mapping[str, str | Promise]:
    return dict(settings.WAGTAIL_CONTENT_LANGUAGES)


def _goals(labels: Labels) -> Mapping[str, str]:
    return {str(goal.number): f"{goal.number}. {goal.title}" for goal in goals()}


FACETS = (
    Facet("kind", "tipo", _("Tipo"), _kinds, {kind.value: kind.slug for kind in SearchKind}),
    Facet("plan", "plan", _("Plan"), lambda labels: labels.plans, order=Order.LISTED),
    Facet("axis", "eje", _("Eje"), lambda labels: labels.axes, order=Order.LISTED),
    Facet(
        "status",
        "estado",
        _("Estado"),
        lambda labels: STATUSES,
        {
            "in_progress": "en-curso",
            "ended": "plazo-terminado",
            "concluded": "concluido",
            "proposal": "propuesta",
        },
    ),
    Facet(
        "pace",
        "ritmo",
        _("Cómo va"),
        lambda labels: PACES,
        {
            "done": "completo",
            "on": "al-ritmo",
            "low": "debajo",
            "reported": "en-proceso",
            "stage": "en-etapa",
            "none": "sin-reporte",
            LATE: "atrasado",
        },
        order=Order.LISTED,
    ),
    Facet("institution", "institucion", _("Institución")),
    Facet("municipality", "municipio", _("Municipio")),
    Facet("tribunal", "tribunal", _("Tribunal")),
    Facet("matter", "materia", _("Materia")),
    Facet("gender", "genero", _("Perspectiva de género"), lambda labels: GENDER, {"yes": "si"}),
    Facet("audience", "grupo", _("Grupo de atención prioritaria")),
    Facet(
        "versions",
        "version",
        _("También en"),
        lambda labels: VERSIONS,
        {"plain": "sencilla", "infographic": "infografia", "easy": "lectura-facil"},
    ),
    Facet(
        "ruling_outcome",
        "resultado",
        _("Resultado"),
        lambda labels: OUTCOMES,
        {
            "granted": "dio-la-razon",
            "partial": "en-parte",
            "denied": "no-dio-la-razon",
            "settled": "convenio",
            "dismissed": "sin-fondo",
        },
    ),
    Facet(
        "finality",
        "firmeza",
        _("¿Es firme?"),
        lambda labels: FINALITIES,
        {
            "unknown": "sin-dato",
            "final": "firme",
            "challenged": "impugnada",
            "revoked": "revocada",
            "modified": "modificada",
            "void": "sin-efectos",
        },
    ),
    Facet("sdg", "ods", _("Objetivo de desarrollo sostenible"), _goals, order=Order.LISTED),
    Facet("year", "anio", _("Año"), order=Order.NEWEST),
    Facet("locale", "idioma", _("Idioma"), _languages, order=Order.LISTED),
)
SCOPE = Facet("space", "espacio", _("Espacio"), lambda labels: labels.spaces)
ALL_FACETS = (*FACETS, SCOPE)
