"""The pages of a public list: previous, next, those around the current one, and which rows are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGES_AROUND = 2
PAGE_PARAMETER = "pagina"


@dataclass(frozen=True, slots=True)
class PagerLink:
    """The link to a page of a list; an ellipsis has no URL."""

    text: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """The links to the pages of a list, and the numbers of the rows that are shown."""

    links: tuple[PagerLink, ...]
    previous: str
    next: str
    first_shown: int
    last_shown: int
    total_text: str


def build_pager(listed: Any, url_of: Callable[[int], str], total_text: str = "") -> Pager | None:
    """Return the links around ``listed``, a page of Django's paginator; None for a single page.

    ``total_text`` replaces the number of rows where it is not exact.
    """
    if listed.paginator.num_pages == 1:
        return None
    numbers = listed.paginator.get_elided_page_range(listed.number, on_each_side=PAGES_AROUND, on_ends=1)
    return Pager(
        links=tuple(_build_link(number, listed.number, url_of) for number in numbers),
        previous=url_of(listed.previous_page_number()) if listed.has_previous() else "",
        next=url_of(listed.next_page_number()) if listed.has_next() else "",
        first_shown=listed.start_index(),
        last_shown=listed.end_index(),
        total_text=total_text or f"{listed.paginator.count:,}",
    )


def _build_link(number: int | str, current: int, url_of: Callable[[int], str]) -> PagerLink:
    if isinstance(number, int):
        return PagerLink(str(number), url_of(number), number == current)
    return PagerLink(number, "", is_current=False)


def get_list_page(request: HttpRequest, rows: Any, per_page: int) -> Page:
    """Return the requested page of ``rows``; the nearest one for a number that there is not."""
    return Paginator(rows, per_page).get_page(request.GET.get(PAGE_PARAMETER))


def build_list_pager(request: HttpRequest, listed: Page) -> Pager | None:
    """Return the links around ``listed`` with the filters of the query string; None for a single page."""
    query = request.GET.copy()

    def url_of(number: int) -> str:
        query[PAGE_PARAMETER] = str(number)
        return f"?{query.urlencode()}"

    return build_pager(listed, url_of)


def is_filtered(filters: Any) -> bool:
    """Check whether the query string of a filter set chooses something."""
    return bool(filters.is_bound and any(filters.data.get(name) for name in filters.filters))
