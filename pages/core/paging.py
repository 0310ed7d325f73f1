"""The pages of a public list, with the filters of its query string."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_PARAMETER = "pagina"


def get_list_page(request: HttpRequest, rows: Any, per_page: int) -> Page:
    """Return the requested page of ``rows``; the nearest one for a number that there is not."""
    return Paginator(rows, per_page).get_page(request.GET.get(PAGE_PARAMETER))


def build_page_links(request: HttpRequest, listed: Page) -> list[dict[str, Any]]:
    """Return the numbers and addresses of the pages of a list, with its filters."""
    query = request.GET.copy()
    links = []
    for number in listed.paginator.page_range:
        query[PAGE_PARAMETER] = str(number)
        links.append({"number": number, "url": f"?{query.urlencode()}"})
    return links


def is_filtered(filters: Any) -> bool:
    """Check whether the query string of a filter set chooses something."""
    return bool(filters.is_bound and any(filters.data.get(name) for name in filters.filters))
