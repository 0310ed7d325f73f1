"""Parse the query string of the search. The input is limited and never refused."""

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

from abierto.form_fields.fields import DayField
from search.web.labels import Labels

from .date_range import DateRange
from .facets import ALL_FACETS, Facet
from .request import MAX_QUERY, MAX_VALUES, SearchRequest, Sort, freeze, quoted, tidy_text

SORTS = [(Sort.RELEVANCE.value, _("más relevantes")), (Sort.DATE.value, _("por fecha"))]
NO_GLOSSARY = "no"
SINGLE = ("q", "orden", "glosario", "page", "desde", "hasta")

ERRORS: Mapping[str, Promise] = {
    "q": _("No pudimos leer esas palabras. Escríbelas de nuevo."),
    "orden": _("Solo podemos ordenar por relevancia o por fecha."),
    "page": _("Esa página de resultados no existe. Te mostramos la primera."),
    "desde": _("No entendimos la primera fecha. Escríbela así: 31/12/2023."),
    "hasta": _("No entendimos la última fecha. Escríbela así: 31/12/2023."),
    "glosario": _("No entendimos si quieres usar el glosario. Lo usamos."),
}
UNKNOWN = _("En «%(filter)s» no existe esa opción o ya no es pública. Elige una de la lista.")
REVERSED = _("La primera fecha era posterior a la última. Las cambiamos de lugar.")
TOO_LONG = _("Tu búsqueda era muy larga. Usamos los primeros %(count)s caracteres.")


class QueryField(forms.CharField):
    """Free text, made printable and short."""

    def to_python(self, value: Any) -> str:
        return tidy_text(str(value or ""))[0]


class QueryFilter(django_filters.CharFilter):
    field_class = QueryField


class PageFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


class DayFilter(django_filters.DateFilter):
    """A day, written as in every form of the portal or as a date field of a browser sends it."""

    field_class = DayField


class AnyValueField(forms.MultipleChoiceField):
    """Values without a list of choices, made printable and short."""

    def to_python(self, value: Any) -> list[str]:
        return [text for raw in super().to_python(value) if (text := tidy_text(raw)[0])]

    def valid_value(self, value: str) -> bool:
        """Accept any value: only the index knows them."""
        return True


class AnyValueFilter(django_filters.MultipleChoiceFilter):
    field_class = AnyValueField


def _filter_of(facet: Facet) -> django_filters.Filter:
    kind = AnyValueFilter if facet.fixed_labels is None else django_filters.MultipleChoiceFilter
    return kind(field_name=facet.field, label=facet.label, widget=forms.CheckboxSelectMultiple)


class SearchFilter(django_filters.FilterSet):
    """The parameters of a search. Their names are Spanish; the names of index fields stay internal."""

    q = QueryFilter(label=_("Palabras, clave de compromiso o nombre"))
    orden = django_filters.ChoiceFilter(label=_("Ordenar"), choices=SORTS)
    glosario = django_filters.ChoiceFilter(choices=[(NO_GLOSSARY, _("Solo mis palabras"))])
    desde = DayFilter(label=_("Desde"))
    hasta = DayFilter(label=_("Hasta"))
    page = PageFilter(min_value=1)

    base_filters: dict[str, django_filters.Filter]

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, data: QueryDict, labels: Labels) -> None:
        """Build the filters of the parameters that were sent; most queries send one or two of them."""
        self.base_filters = {name: one for name, one in self.base_filters.items() if name in data}
        super().__init__(data, queryset=Page.objects.none())
        for facet in ALL_FACETS:
            if facet.parameter in self.filters:
                self.filters[facet.parameter].extra["choices"] = facet.choices(labels) or []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Add one filter per facet to those declared above."""
        return super().get_filters() | {facet.parameter: _filter_of(facet) for facet in ALL_FACETS}


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The request of a query string, and a sentence for each invalid parameter."""

    request: SearchRequest
    errors: tuple[str, ...] = ()


def parse_query(data: QueryDict, locale: str, labels: Labels) -> ParsedQuery:
    """Parse a query string. Unknown parameters are ignored; invalid ones give a sentence."""
    form = SearchFilter(_bounded(data), labels).form
    form.is_valid()
    cleaned: dict[str, Any] = form.cleaned_data
    text = cleaned.get("q") or ""
    errors = [str(ERRORS[name]) for name in ERRORS if name in form.errors]
    errors += [
        str(UNKNOWN) % {"filter": facet.label} for facet in ALL_FACETS if facet.parameter in form.errors
    ]
    if tidy_text(data.get("q", ""))[1]:
        errors.append(str(TOO_LONG % {"count": MAX_QUERY}))
    days = DateRange(cleaned.get("desde"), cleaned.get("hasta"))
    if days.ordered() != days:
        errors.append(str(REVERSED))
    request = SearchRequest(
        text=text,
        filters=freeze(_filters(cleaned, locale)),
        days=days.ordered(),
        sort=Sort.parse(cleaned.get("orden") or "", Sort.RELEVANCE),
        locale=locale,
        phrases=quoted(text),
        expand=cleaned.get("glosario") != NO_GLOSSARY,
        page=int(cleaned.get("page") or 1),
    )
    return ParsedQuery(request, tuple(errors))


def query_string(request: SearchRequest, page: int = 1) -> str:
    """Encode a request: `parse_query` parses the result to an equal request."""
    data = QueryDict(mutable=True)
    if request.text:
        data["q"] = request.text
    for facet in ALL_FACETS:
        values = request.filters.get(facet.field, ())
        if values:
            data.setlist(facet.parameter, [facet.to_slug(value) for value in values])
    days = (("desde", request.days.since), ("hasta", request.days.until))
    data.update({name: day.isoformat() for name, day in days if day})
    if request.sort is not Sort.RELEVANCE:
        data["orden"] = request.sort.value
    if not request.expand:
        data["glosario"] = NO_GLOSSARY
    if page > 1:
        data["page"] = str(page)
    return data.urlencode()


def _bounded(data: QueryDict) -> QueryDict:
    """Return only our parameters, without repetitions and with a limit of values each."""
    bounded = QueryDict(mutable=True)
    for name in SearchFilter.base_filters:
        values = list(dict.fromkeys(data.getlist(name)))[:MAX_VALUES]
        if name in SINGLE:
            values = [value for value in values[-1:] if value.strip()]
        if values:
            bounded.setlist(name, values)
    return bounded


def _filters(cleaned: Mapping[str, Any], locale: str) -> dict[str, tuple[str, ...]]:
    """Return the chosen values by index field; the language of the page is not a filter."""
    found = {
        facet.field: tuple(facet.from_slug(value) for value in cleaned.get(facet.parameter) or ())
        for facet in ALL_FACETS
    }
    return found | {"locale": found["locale"] if found["locale"] != (locale,) else ()}
