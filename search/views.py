"""The public search page and its suggestions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from pages.public_cache import may_be_kept
from search import presentation
from search.engines import get_engine
from search.engines.base import EngineError
from search.fallback import title_search
from search.filters import SORTS, SearchFilter, query_string, read
from search.labels import ONE, Labels, current_labels
from search.request import SearchRequest, Sort
from search.results import SearchResults
from search.schema import Kind
from search.service import ask
from search.suggestions import suggestions

Keep = Callable[[HttpResponse], HttpResponse]

logger = logging.getLogger(__name__)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of a question; without words, everything that there is, newest first."""
    active, source = Locale.get_active(), Locale.get_default()
    context, keep = _found(request, active)
    if not context["total"] and active != source:
        elsewhere, keep = _found(request, source)
        if elsewhere["total"]:
            # Little is translated: better an answer in Spanish that says so than none.
            context = elsewhere | {"results_language": source.language_code}
            context["sentences"] += [_("No hay resultados en tu idioma. Estos están en español.")]
    return keep(TemplateResponse(request, "search/results.html", context))


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggestions for what has been typed, as a list; empty when the index cannot answer."""
    typed = request.GET.get("q", "")
    try:
        found = suggestions(typed, Locale.get_active().language_code, get_engine())
    except EngineError as error:
        logger.error("The search index cannot suggest: %s", error)
        return JsonResponse({"suggestions": []})
    address = reverse("search:results")
    offered = [
        {"text": text, "kind": _("Búsqueda"), "url": f"{address}?{query_string(SearchRequest(text=text))}"}
        for text in found.questions
    ]
    offered += [
        {"text": page.title, "kind": _kind_name(hit.kind), "url": page.get_url(request) or address}
        for hit, page in found.hits
    ]
    return JsonResponse({"suggestions": offered})


def _found(request: HttpRequest, locale: Locale) -> tuple[dict[str, Any], Keep]:
    """Ask in one language; return what the page shows, and whether it may be kept."""
    labels = current_labels(locale)
    reading = read(request.GET, locale.language_code, labels)
    sentences = list(reading.errors)
    keep: Keep = may_be_kept
    try:
        answer, pages = ask(reading.request)
    except EngineError as error:
        logger.error("The search index cannot answer: %s", error)
        answer, pages = title_search(reading.request, locale)
        keep = _as_it_is
        sentences.append(_("El buscador está en reparación. Por ahora buscamos solo en los títulos."))
    if answer.request.page < reading.request.page:
        sentences.append(_("No hay tantas páginas de resultados. Te mostramos la última."))
    return _context(request, answer, pages, labels) | {"sentences": sentences}, keep


def _context(
    request: HttpRequest, answer: SearchResults, pages: dict[int, Page], labels: Labels
) -> dict[str, Any]:
    asked = answer.request
    return {
        "on_search": True,
        "asked": asked,
        "field": SearchFilter.base_filters["q"],
        "total": answer.total,
        "total_sentence": presentation.total_sentence(answer.total),
        "cards": presentation.cards(answer, pages, request),
        "facets": presentation.facets(answer, labels),
        "chips": presentation.chips(asked, labels),
        "sorts": presentation.sorts(asked, dict(zip(Sort, (str(name) for _, name in SORTS), strict=True))),
        "page_links": presentation.page_links(answer),
        "expansions": [expansion.label for expansion in answer.expansions],
        "only_my_words": query_string(presentation.without_glossary(asked)),
        "without_filters": query_string(presentation.without_filters(asked)),
        "suggestion": answer.suggestion,
        "suggestion_query": query_string(SearchRequest(text=answer.suggestion)),
    }


def _as_it_is(response: HttpResponse) -> HttpResponse:
    """Keep no answer of a search that is being repaired."""
    return response


def _kind_name(value: str) -> str:
    kind = Kind.parse(value)
    return str(ONE[kind]) if kind else ""
