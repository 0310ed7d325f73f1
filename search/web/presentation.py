"""Build the parts of the results page: facets with counts, chips, links to other queries and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.core.formatting import full_date
from pages.core.pager import Pager, build_pager
from search.query.date_range import DateRange
from search.query.facets import ALL_FACETS, FACETS, Facet
from search.query.filters import query_string
from search.query.request import SearchRequest, Sort, freeze
from search.query.results import EXACT_TOTAL, SearchResults

from .labels import Labels

SHOWN_AT_ONCE = 8  # values of a facet; the others are behind «ver más»


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a facet: its label, its count, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetOptions:
    """One facet with its values as checkboxes: the first ones, and the rest behind «ver más»."""

    name: str
    parameter: str
    label: str
    choices: tuple[FacetOption, ...]

    @property
    def first(self) -> tuple[FacetOption, ...]:
        """Return the values that are always visible; a single remaining value is among them."""
        return self.choices if len(self.choices) == SHOWN_AT_ONCE + 1 else self.choices[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[FacetOption, ...]:
        """Return the values behind «ver más»."""
        return self.choices[len(self.first) :]

    @property
    def is_open(self) -> bool:
        """Check that a value behind «ver más» is chosen, and must be visible."""
        return any(choice.chosen for choice in self.rest)


@dataclass(frozen=True, slots=True)
class SearchLink:
    """A link within the search."""

    text: str
    query: str
    is_current: bool = False


def build_facets(results: SearchResults, labels: Labels) -> list[FacetOptions]:
    """Return the facets with labelled values: those with results, and those chosen."""
    options = (_facet_options(facet, results, labels) for facet in FACETS)
    return [
        option
        for option in options
        if option.choices and (option.name != "locale" or len(option.choices) > 1)
    ]


def _facet_options(facet: Facet, results: SearchResults, labels: Labels) -> FacetOptions:
    chosen = _chosen(facet, results.request)
    counts = dict(results.facets.get(facet.field, ()))
    values = facet.sort_values(dict.fromkeys([*counts, *chosen]), labels)
    choices = tuple(
        FacetOption(facet.to_slug(value), name, counts.get(value, 0), value in chosen)
        for value in values
        if (name := facet.label_of(value, labels))
    )
    return FacetOptions(facet.field, facet.parameter, str(facet.label), choices)


def _chosen(facet: Facet, request: SearchRequest) -> tuple[str, ...]:
    """Return the chosen values; the language of the page is chosen implicitly."""
    own = (request.locale,) if facet.field == "locale" and request.locale else ()
    return request.filters.get(facet.field, own)


def build_chips(request: SearchRequest, labels: Labels) -> list[SearchLink]:
    """Return one link per active filter value and one for the days: the same request without it."""
    chips = [
        SearchLink(
            facet.label_of(value, labels) or value, query_string(request.without_value(facet.field, value))
        )
        for facet in ALL_FACETS
        for value in request.filters.get(facet.field, ())
    ]
    if request.days:
        chips.append(SearchLink(label_days(request.days), query_string(request.without_days())))
    return chips


def label_days(days: DateRange) -> str:
    """Return the days of a range in words."""
    since, until = full_date(days.since), full_date(days.until)
    if days.since and days.until:
        return _("Del %(since)s al %(until)s") % {"since": since, "until": until}
    return (
        _("Desde el %(since)s") % {"since": since}
        if days.since
        else _("Hasta el %(until)s") % {"until": until}
    )


def build_scope_link(request: SearchRequest, labels: Labels) -> SearchLink | None:
    """Return the searched space, with a link to the same query in the whole state."""
    slugs = request.filters.get("space", ())
    names = ", ".join(labels.spaces.get(slug, slug) for slug in slugs)
    return SearchLink(names, query_string(request.without_filter("space"))) if slugs else None


def without_filters(request: SearchRequest) -> SearchRequest:
    """Return the request without filters."""
    return replace(request, filters=freeze({}), days=DateRange(), page=1)


def with_glossary(request: SearchRequest, expand: bool = True) -> SearchRequest:
    """Return the request with query expansion, or without it."""
    return replace(request, expand=expand, page=1)


def build_expansion_links(results: SearchResults) -> list[SearchLink]:
    """Return the terms that the glossary added, each as a link to its own query."""
    return [
        SearchLink(added.label, query_string(results.request.with_text(added.label)))
        for added in results.expansions
    ]


def build_sort_links(request: SearchRequest, names: Mapping[Sort, str]) -> list[SearchLink]:
    """Return the links to each order."""
    return [
        SearchLink(name, query_string(replace(request, sort=sort)), sort is request.sort)
        for sort, name in names.items()
    ]


def build_result_pager(results: SearchResults) -> Pager | None:
    """Return the links to the pages of results around the current page; None for a single page."""
    request = results.request
    reachable = range(min(results.total, results.pages * request.per_page))
    listed = Paginator(reachable, request.per_page).get_page(request.page)
    return build_pager(listed, lambda number: f"?{query_string(request, number)}", _total_text(results.total))


def _total_text(total: int) -> str:
    return _("más de %(count)s") % {"count": f"{EXACT_TOTAL:,}"} if total > EXACT_TOTAL else f"{total:,}"


def format_total(total: int) -> str:
    """Return the number of results as a sentence for screen readers."""
    if total > EXACT_TOTAL:
        return _("Más de %(count)s resultados") % {"count": f"{EXACT_TOTAL:,}"}
    return ngettext("%(count)s resultado", "%(count)s resultados", total) % {"count": f"{total:,}"}
