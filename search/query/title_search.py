"""When the index cannot answer: the database looks for the words in the titles, and says that it did."""

from __future__ import annotations

from django.db.models import Q
from django.utils.html import escape
from wagtail.models import Page

from abierto.tenancy.visibility import filter_public
from search.indexing.documents import REGISTRY

from .analysis import STOP_WORDS, exact_tokens
from .request import SearchRequest
from .results import Hit, SearchResults

MOST = 50
MOST_WORDS = 8


def title_search(request: SearchRequest) -> tuple[SearchResults, dict[int, Page]]:
    """The public pages whose titles have one of the words, those with more of them first."""
    words = [word.strip("\"“”«»'.,;:¿?¡!()").lower() for word in request.text.split()]
    wanted = [word for word in dict.fromkeys(words) if word and word not in STOP_WORDS][:MOST_WORDS]
    condition = Q(pk__in=[])
    for word in wanted:
        condition |= Q(title__icontains=word)
    candidates = filter_public(
        Page.objects.type(*REGISTRY).filter(condition, locale__language_code=request.locale)
    )
    pages = {page.pk: page for page in candidates.order_by("path")[:MOST]}
    ranked = sorted(pages.values(), key=lambda page: (-_found(page, wanted), page.path))
    shown = ranked[: request.per_page]
    hits = tuple(_hit(page) for page in shown)
    return SearchResults(request=request, hits=hits, total=len(hits)), pages


def _found(page: Page, words: list[str]) -> int:
    tokens = " ".join(exact_tokens(page.title))
    return sum(" ".join(exact_tokens(word)) in tokens for word in words)


def _hit(page: Page) -> Hit:
    declared = REGISTRY.get(page.specific_class)
    return Hit(
        group=page.pk,
        kind=declared.kind.value if declared else "",
        title=page.title,
        title_html=escape(page.title),
        snippet="",
        url=page.get_url() or "",
    )
