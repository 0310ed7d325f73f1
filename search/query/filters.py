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

from search.web.labels import Labels

from .facets import EVERY, Facet
from .request import MAX_QUERY, MAX_VALUES, SearchRequest, Sort, freeze, quoted, tidy_text

SORTS = [(Sort.RELEVANCE.value, _("por parecido")), (Sort.DATE.value, _("por fecha"))]
NO_GLOSSARY = "no"
SINGLE = ("q", "orden", "glosario", "page")

ERRORS: Mapping[str, Promise] = {
    "q": _("No pudimos leer esas palabras. Escríbelas de nuevo."),
    "orden": _("Solo podemos ordenar por parecido o por fecha."),
    "page": _("Esa página de resultados no existe. Te mostramos la primera."),
    "glosario": _("No entendimos si quieres usar el glosario. Lo usamos."),
}
UNKNOWN = _("En «%(filter)s» no existe esa opción o ya no es pública. Elige una de la lista.")
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


class AnyValueField(forms.MultipleChoiceField):
    """Values that no list holds: made printable and short, nothing is refused."""

    def to_python(self, value: Any) -> list[str]:
        """The values as they will be looked for."""
        return [text for raw in super().to_python(value) if (text := tidy_text(raw)[0])]

    def valid_value(self, value: str) -> bool:
        """Whatever was asked for may be in the index."""
        return True


class AnyValueFilter(django_filters.MultipleChoiceFilter):
    """A filter whose values only the index knows."""

    field_class = AnyValueField


def _filter_of(facet: Facet) -> django_filters.Filter:
    kind = AnyValueFilter if facet.listed is None else django_filters.MultipleChoiceFilter
    return kind(field_name=facet.field, label=facet.label, widget=forms.CheckboxSelectMultiple)


class SearchFilter(django_filters.FilterSet):
    """The parameters of a search. Their names are the citizen's; the fields of the index stay inside."""

    q = QueryFilter(label=_("Palabras, clave de compromiso o nombre"))
    orden = django_filters.ChoiceFilter(label=_("Ordenar"), choices=SORTS)
    glosario = django_filters.ChoiceFilter(choices=[(NO_GLOSSARY, _("Solo mis palabras"))])
    page = PageFilter(min_value=1)

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, data: QueryDict, labels: Labels) -> None:
        super().__init__(data, queryset=Page.objects.none())
        for facet in EVERY:
            self.filters[facet.parameter].extra["choices"] = facet.choices(labels) or []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """One filter for each row of the table of facets, beside those declared above."""
        return super().get_filters() | {facet.parameter: _filter_of(facet) for facet in EVERY}


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
    errors += [str(UNKNOWN) % {"filter": facet.label} for facet in EVERY if facet.parameter in form.errors]
    if tidy_text(data.get("q", ""))[1]:
        errors.append(str(TOO_LONG % {"count": MAX_QUERY}))
    request = SearchRequest(
        text=text,
        filters=freeze(_filters(cleaned, locale)),
        sort=Sort.parse(cleaned.get("orden") or "", Sort.RELEVANCE),
        locale=locale,
        phrases=quoted(text),
        expand=cleaned.get("glosario") != NO_GLOSSARY,
        page=int(cleaned.get("page") or 1),
    )
    return Reading(request, tuple(errors))


def query_string(request: SearchRequest, page: int = 1) -> str:
    """The address of a question: what `read` would understand as this very request."""
    data = QueryDict(mutable=True)
    if request.text:
        data["q"] = request.text
    for facet in EVERY:
        values = request.filters.get(facet.field, ())
        if values:
            data.setlist(facet.parameter, [facet.outside(value) for value in values])
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
        if name in SINGLE:
            values = [value for value in values[-1:] if value.strip()]
        if values:
            bounded.setlist(name, values)
    return bounded


def _filters(cleaned: Mapping[str, Any], locale: str) -> dict[str, tuple[str, ...]]:
    """The values asked for, by field; the language of the page needs no asking."""
    found = {
        facet.field: tuple(facet.inside(value) for value in cleaned.get(facet.parameter) or ())
        for facet in EVERY
    }
    return found | {"locale": found["locale"] if found["locale"] != (locale,) else ()}
