"""Search titles of pages and names of institutions in the database while the index is unavailable."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.html import escape
from wagtail.models import Page

from abierto.registry.models import Institution
from abierto.tenancy.visibility import filter_public
from pages.core.search import SearchKind
from pages.institutions.queries import institution_url
from search.indexing.documents import get_search_kind, list_searchable_types
from search.indexing.institutions import Record, institution_group

from .analysis import STOP_WORDS, exact_tokens
from .request import SearchRequest
from .results import Hit, SearchResults

MAX_PAGES = 50
MAX_WORDS = 8


def title_search(request: SearchRequest) -> tuple[SearchResults, dict[int, Record]]:
    """Return the public pages and institutions with a word of the request in their names, the most first."""
    words = [word.strip("\"“”«»'.,;:¿?¡!()").lower() for word in request.text.split()]
    wanted = [word for word in dict.fromkeys(words) if word and word not in STOP_WORDS][:MAX_WORDS]
    records: dict[int, Record] = {page.pk: page for page in _pages(wanted, request.locale)}
    records |= {institution_group(row.pk): row for row in _institutions(wanted, request.locale)}
    ranked = sorted(records, key=lambda group: -_found(str(records[group]), wanted))
    shown = ranked[: request.per_page]
    hits = tuple(_hit(group, records[group]) for group in shown)
    return SearchResults(request=request, hits=hits, total=len(hits)), records


def _pages(wanted: list[str], locale: str) -> list[Page]:
    condition = _with_a_word("title", wanted)
    pages = Page.objects.exact_type(*list_searchable_types()).filter(condition, locale__language_code=locale)
    return list(filter_public(pages).order_by("path")[:MAX_PAGES])


def _institutions(wanted: list[str], locale: str) -> list[Institution]:
    """Return institutions by name or acronym; the registry is in the source language."""
    if locale != settings.LANGUAGE_CODE:
        return []
    condition = _with_a_word("name", wanted) | Q(acronym__in=[word.upper() for word in wanted])
    return list(Institution.objects.public().filter(condition).order_by("name")[:MAX_PAGES])


def _with_a_word(field: str, wanted: list[str]) -> Q:
    condition = Q(pk__in=[])
    for word in wanted:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


def _found(name: str, words: list[str]) -> int:
    tokens = " ".join(exact_tokens(name))
    return sum(" ".join(exact_tokens(word)) in tokens for word in words)


def _hit(group: int, record: Record) -> Hit:
    if isinstance(record, Institution):
        kind, url = SearchKind.INSTITUTION.value, institution_url(record)
    else:
        declared = get_search_kind(record.specific_class or Page)
        kind, url = declared.value if declared else "", record.get_url() or ""
    name = str(record)
    return Hit(group=group, kind=kind, title=name, title_html=escape(name), snippet="", url=url)
