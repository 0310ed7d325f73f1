"""The only reader of the query string: a django-filter form, bounded, that always lets the page work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.labels import MANY, Labels
from search.request import MAX_QUERY, MAX_VALUES, SearchRequest, Sort, freeze, quoted, tidy_text
from search.schema import Kind

PARAMETERS = {"kind": "tipo", "plan": "plan", "axis": "eje"}
SORTS = [(Sort.RELEVANCE.value, _("por parecido")), (Sort.DATE.value, _("por fecha"))]
NO_GLOSSARY = "no"

ERRORS: Mapping[str, Promise] = {
    "q": _("No pudimos leer esas palabras. Escríbelas de nuevo."),
    "tipo": _("Ese tipo de resultado no existe. Elige uno de la lista."),
    "plan": _("Ese plan no existe o ya no es público. Elige uno de la lista."),
    "eje": _("Ese eje no existe o ya no es público. Elige uno de la lista."),
    "orden": _("Solo podemos ordenar por parecido o por fecha."),
    "page": _("Esa página de resultados no existe. Te mostramos la primera."),
    "glosario": _("No entendimos si quieres usar el glosario. Lo usamos."),
}
TOO_LONG = _("Tu búsqueda era muy larga. Usamos los primeros %(count)s caracteres.")


class QueryField(forms.CharField):
    """Free text: whatever arrives is made printable and short, nothing is refused."""

    def to_python(self, value: Any) -> str:
        """The text as it will be searched."""
        return tidy_text(str(value or ""))[0]


class QueryFilter(django_filters.CharFilter):
    """The words of the question."""

    field_class = QueryField


class PageFilter(django_filters.NumberFilter):
    """The number of a page of results."""

    field_class = forms.IntegerField


class SearchFilter(django_filters.FilterSet):
    """The parameters of a search. Their names are the citizen's; the fields of the index stay inside."""

    q = QueryFilter(label=_("Palabras, clave de compromiso o nombre"))
    tipo = django_filters.MultipleChoiceFilter(
        label=_("Tipo"),
        choices=[(kind.slug, MANY[kind]) for kind in Kind],
        widget=forms.CheckboxSelectMultiple,
    )
    plan = django_filters.MultipleChoiceFilter(label=_("Plan"), widget=forms.CheckboxSelectMultiple)
    eje = django_filters.MultipleChoiceFilter(label=_("Eje"), widget=forms.CheckboxSelectMultiple)
    orden = django_filters.ChoiceFilter(label=_("Ordenar"), choices=SORTS)
    glosario = django_filters.ChoiceFilter(choices=[(NO_GLOSSARY, _("Solo mis palabras"))])
    page = PageFilter(min_value=1)

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, data: QueryDict, labels: Labels) -> None:
        super().__init__(data, queryset=Page.objects.none())
        self.filters["plan"].extra["choices"] = list(labels.plans.items())
        self.filters["eje"].extra["choices"] = list(labels.axes.items())


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a query string, and a sentence for each thing that was not."""

    request: SearchRequest
    errors: tuple[str, ...] = ()


def read(data: QueryDict, locale: str, labels: Labels) -> Reading:
    """The question in a query string. Unknown parameters are ignored; bad ones cost a sentence."""
    form = SearchFilter(_bounded(data), labels).form
    form.is_valid()
    cleaned: dict[str, Any] = form.cleaned_data
    text = cleaned.get("q") or ""
    errors = [str(ERRORS[name]) for name in ERRORS if name in form.errors]
    if tidy_text(data.get("q", ""))[1]:
        errors.append(str(TOO_LONG % {"count": MAX_QUERY}))
    request = SearchRequest(
        text=text,
        filters=freeze(_filters(cleaned)),
        sort=Sort.parse(cleaned.get("orden") or "", Sort.RELEVANCE),
        locale=locale,
        phrases=quoted(text),
        expand=cleaned.get("glosario") != NO_GLOSSARY,
        page=int(cleaned.get("page") or 1),
    )
    return Reading(request, tuple(errors))


def query_string(request: SearchRequest, page: int = 1) -> str:
    """The query string that asks this question again."""
    data = QueryDict(mutable=True)
    data["q"] = request.text
    for name, parameter in PARAMETERS.items():
        values = request.filters.get(name, ())
        if values:
            data.setlist(parameter, [_outside(name, value) for value in values])
    if request.sort is not Sort.RELEVANCE:
        data["orden"] = request.sort.value
    if not request.expand:
        data["glosario"] = NO_GLOSSARY
    if page > 1:
        data["page"] = str(page)
    return data.urlencode()


def _bounded(data: QueryDict) -> QueryDict:
    """Only our parameters, each value once and only so many: a filter repeated 500 times is no work."""
    bounded = QueryDict(mutable=True)
    for name in SearchFilter.base_filters:
        values = list(dict.fromkeys(data.getlist(name)))[:MAX_VALUES]
        if name in ("q", "orden", "glosario", "page"):
            values = [value for value in values[-1:] if value.strip()]
        if values:
            bounded.setlist(name, values)
    return bounded


def _filters(cleaned: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(cleaned.get(parameter) or ()) for name, parameter in PARAMETERS.items()}
    kinds = (Kind.parse(value) for value in found["kind"])
    return {**found, "kind": tuple(kind.value for kind in kinds if kind)}


def _outside(name: str, value: str) -> str:
    kind = Kind.parse(value) if name == "kind" else None
    return kind.slug if kind else value
