"""Search page titles in the database while the index cannot answer."""

from __future__ import annotations

from django.db.models import Q
from django.utils.html import escape
from wagtail.models import Page

from abierto.tenancy.visibility import filter_public
from search.indexing.documents import search_kind_of, searchable_types

from .analysis import STOP_WORDS, exact_tokens
from .request import SearchRequest
from .results import Hit, SearchResults

MAX_PAGES = 50
MAX_WORDS = 8


def title_search(request: SearchRequest) -> tuple[SearchResults, dict[int, Page]]:
    """Return the public pages with a word of the request in their titles, the most words first."""
    words = [word.strip("\"“”«»'.,;:¿?¡!()").lower() for word in request.text.split()]
    wanted = [word for word in dict.fromkeys(words) if word and word not in STOP_WORDS][:MAX_WORDS]
    condition = Q(pk__in=[])
    for word in wanted:
        condition |= Q(title__icontains=word)
    candidates = filter_public(
        Page.objects.exact_type(*searchable_types()).filter(condition, locale__language_code=request.locale)
    )
    pages = {page.pk: page for page in candidates.order_by("path")[:MAX_PAGES]}
    ranked = sorted(pages.values(), key=lambda page: (-_found(page, wanted), page.path))
    shown = ranked[: request.per_page]
    hits = tuple(_hit(page) for page in shown)
    return SearchResults(request=request, hits=hits, total=len(hits)), pages


def _found(page: Page, words: list[str]) -> int:
    tokens = " ".join(exact_tokens(page.title))
    return sum(" ".join(exact_tokens(word)) in tokens for word in words)


def _hit(page: Page) -> Hit:
    kind = search_kind_of(page.specific_class or Page)
    return Hit(
        group=page.pk,
        kind=kind.value if kind else "",
        title=page.title,
        title_html=escape(page.title),
        snippet="",
        url=page.get_url() or "",
    )
