"""The answer as the page shows it: cards, filters with counts, chips, links to other pages of results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page

from pages.plans.commitment import CommitmentPage
from pages.plans.plan import PlanPage
from pages.plans.standing import standings
from pages.presentation.figures import FigureView, figure_view
from pages.projection.models import ProgressFigure
from search.filters import PARAMETERS, query_string
from search.labels import ONE, Labels
from search.request import SearchRequest, Sort, freeze
from search.results import Hit, SearchResults
from search.schema import Kind

PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Card:
    """One hit with its page's present address and, for a commitment, its present figure."""

    hit: Hit
    url: str
    kind: str
    day: date | None = None
    figure: FigureView | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its name, how many it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values, as checkboxes of the form."""

    name: str
    parameter: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the search."""

    text: str
    query: str
    is_current: bool = False


def cards(results: SearchResults, pages: Mapping[int, Page], request: HttpRequest) -> list[Card]:
    """The hits in order, each with the address and the figure that its page has now."""
    figures = _figures([pages[hit.group] for hit in results.hits if hit.kind == Kind.COMMITMENT])
    return [
        Card(
            hit=hit,
            url=_address(hit, pages[hit.group], request),
            kind=_kind(hit),
            day=date.fromordinal(hit.date) if hit.date and hit.kind != Kind.COMMITMENT else None,
            figure=figures.get(hit.group),
        )
        for hit in results.hits
        if hit.group in pages
    ]


def facets(results: SearchResults, labels: Labels) -> list[Facet]:
    """The filters worth offering: values with results, and those chosen even without."""
    offered = []
    for name, parameter in PARAMETERS.items():
        chosen = results.request.filters.get(name, ())
        counts = dict(results.facets.get(name, ()))
        values = _in_order(name, dict.fromkeys([*counts, *chosen]), labels)
        choices = [
            Choice(_outside(name, value), labels.of(name, value), counts.get(value, 0), value in chosen)
            for value in values
        ]
        if choices:
            offered.append(Facet(name, parameter, tuple(choices)))
    return offered


def _in_order(name: str, values: Iterable[str], labels: Labels) -> list[str]:
    """Kinds as the engine counts them, plans and axes as on the site; what has no name any more goes last."""
    known = [] if name == "kind" else [*labels.plans, *labels.axes]
    places = {value: place for place, value in enumerate(known)}
    return sorted(values, key=lambda value: places.get(value, len(places)))


def chips(request: SearchRequest, labels: Labels) -> list[Link]:
    """One link for each filter that is on: it asks the same question without it."""
    return [
        Link(labels.of(name, value), query_string(request.without(name, value)))
        for name in PARAMETERS
        for value in request.filters.get(name, ())
    ]


def without_filters(request: SearchRequest) -> SearchRequest:
    """The same words without any filter."""
    return replace(request, filters=freeze({}), page=1)


def without_glossary(request: SearchRequest) -> SearchRequest:
    """The same question in nobody's words but the citizen's."""
    return replace(request, expand=False, page=1)


def sorts(request: SearchRequest, names: Mapping[Sort, str]) -> list[Link]:
    """The orders to choose from."""
    return [
        Link(name, query_string(replace(request, sort=sort)), sort is request.sort)
        for sort, name in names.items()
    ]


def page_links(results: SearchResults) -> list[Link]:
    """Links to the pages of results around this one, the first and the last."""
    here, last = results.request.page, results.pages
    around = range(max(1, here - PAGES_AROUND), min(last, here + PAGES_AROUND) + 1)
    numbers = sorted({1, last, *around}) if last > 1 else []
    return [Link(str(n), query_string(results.request, n), n == here) for n in numbers]


def total_sentence(total: int) -> str:
    """How many results, in words a screen reader can say."""
    return ngettext("%(count)s resultado", "%(count)s resultados", total) % {"count": f"{total:,}"}


def _outside(name: str, value: str) -> str:
    kind = Kind.parse(value) if name == "kind" else None
    return kind.slug if kind else value


def _address(hit: Hit, page: Page, request: HttpRequest) -> str:
    _path, mark, anchor = hit.url.partition("#")
    return (page.get_url(request) or hit.url) + (f"#{anchor}" if mark else "")


def _kind(hit: Hit) -> str:
    kind = Kind.parse(hit.kind)
    name = str(ONE[kind]) if kind else ""
    return f"{name} {hit.code}".strip()


def _figures(pages: list[Page]) -> dict[int, FigureView]:
    """The present figures of the commitments shown, by page, in three queries."""
    if not pages:
        return {}
    commitments = list(CommitmentPage.objects.filter(pk__in=[page.pk for page in pages]))
    above = {page.path[: -2 * Page.steplen] for page in commitments}
    plans = {plan.path: plan for plan in PlanPage.objects.filter(path__in=above)}
    keys = [page.translation_key for page in commitments]
    figures = {figure.key: figure for figure in ProgressFigure.objects.filter(key__in=keys)}
    today = timezone.localdate()
    views: dict[int, FigureView] = {}
    for page in commitments:
        plan, figure = plans.get(page.path[: -2 * Page.steplen]), figures.get(page.translation_key)
        if plan is not None and plan.measures_progress and figure is not None:
            stood = standings([page], figures, plan, today)[page.translation_key]
            views[page.pk] = figure_view(figure, pace=stood.pace, expected=stood.expected, label=page.title)
    return views
