"""The public search page, its files and its suggestions."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from abierto.bad_requests.middleware import reads_any_text
from abierto.portal import portal_of
from pages.core.cache import mark_cacheable
from pages.core.content_language import language_tag
from search.analytics.recording import record_query
from search.engines import get_engine
from search.engines.base import EngineError
from search.promotions.models import promoted
from search.query.filters import SORTS, Reading, SearchFilter, query_string, read
from search.query.no_results import NoResultsHelp, build_no_results_help
from search.query.request import SearchRequest, Sort
from search.query.results import SearchResults
from search.query.service import active_content_language, current_glossary, run_search
from search.query.suggestions import suggestions
from search.query.title_search import title_search

from . import presentation
from .cards import build_cards, kind_name
from .downloads import FORMATS, MOST, Download, response_of
from .labels import Labels, current_labels

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Answer:
    """One question answered: what was understood, what was found, and what has to be said about it.

    ``language`` is that of the results where it is not that of the page.
    """

    reading: Reading
    labels: Labels
    results: SearchResults
    pages: Mapping[int, Page]
    sentences: list[str]
    help: NoResultsHelp | None = None
    is_whole: bool = True
    language: str = ""


@reads_any_text
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of a question; without words, everything that there is, newest first."""
    language = active_content_language()
    answer = _answer(request, language)
    if not answer.results.total and language != settings.LANGUAGE_CODE:
        in_source = _answer(request, settings.LANGUAGE_CODE)
        if in_source.results.total:
            # Little is translated: better an answer in Spanish that says so than none.
            answer = in_source
            answer.language = settings.LANGUAGE_CODE
            answer.sentences.append(_("No hay resultados en tu idioma. Estos están en español."))
    if answer.is_whole:
        record_query(request, answer.results.request, language, answer.results.total)
    response = TemplateResponse(request, "search/results.html", _context(request, answer))
    return mark_cacheable(response) if answer.is_whole else response


@reads_any_text
@require_safe
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The first results of a question as a file; never a part of them without saying so."""
    try:
        for language in dict.fromkeys(
            (active_content_language(), settings.LANGUAGE_CODE)
        ):  # as the page falls back
            labels = current_labels(language)
            reading = read(request.GET, language, labels)
            found, pages = run_search(replace(reading.request, page=1, per_page=MOST))
            if found.total:
                break
    except EngineError as error:
        logger.error("The search index cannot answer: %s", error)
        sentence = _("El buscador está en reparación. Vuelve a bajar los resultados más tarde.")
        return HttpResponse(
            sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "120"}
        )
    address = f"{reverse('search:results')}?{query_string(reading.request)}"
    made = Download(
        title=_("Buscar: %(text)s") % {"text": reading.request.text} if reading.request.text else _("Buscar"),
        page_url=request.build_absolute_uri(address),
        own_url=request.build_absolute_uri(_file_url(name, reading.request)),
        base_url=request.build_absolute_uri("/").rstrip("/"),
        author=portal_of(request).name,
        total=found.total,
        cards=build_cards(found, pages, labels, request),
    )
    return response_of(made, name)


@reads_any_text
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggestions for what has been typed, as a list; empty when the index cannot answer."""
    typed = request.GET.get("q", "")
    try:
        found = suggestions(typed, active_content_language(), get_engine())
    except EngineError as error:
        logger.error("The search index cannot suggest: %s", error)
        return JsonResponse({"suggestions": []})
    address = reverse("search:results")
    offered = [
        {"text": text, "kind": _("Búsqueda"), "url": f"{address}?{query_string(SearchRequest(text=text))}"}
        for text in found.questions
    ]
    offered += [
        {"text": page.title, "kind": kind_name(hit), "url": page.get_url(request) or address}
        for hit, page in found.hits
    ]
    return JsonResponse({"suggestions": offered, "language": language_tag(found.language)})


def _answer(request: HttpRequest, language: str) -> Answer:
    """Ask in one language, of the index or, while it is being repaired, of the database."""
    labels = current_labels(language)
    reading = read(request.GET, language, labels)
    try:
        answer = _found(request, reading, labels)
    except EngineError as error:
        logger.error("The search index cannot answer: %s", error)
        answer = _found_by_title(reading, labels)
    if answer.results.request.page < reading.request.page:
        answer.sentences.append(_("No hay tantas páginas de resultados. Te mostramos la última."))
    return answer


def _found(request: HttpRequest, reading: Reading, labels: Labels) -> Answer:
    """The answer of the index, with help when there is nothing to show."""
    found, pages = run_search(reading.request)
    answer = Answer(reading, labels, found, pages, list(reading.errors), is_whole=not found.spare)
    if found.spare:
        answer.sentences.append(_("El buscador no responde. Estos resultados pueden no estar al día."))
    if not found.hits:
        answer.help = build_no_results_help(found.request, labels, get_engine(), current_glossary(), request)
    return answer


def _found_by_title(reading: Reading, labels: Labels) -> Answer:
    """What the database finds while the index cannot answer, and a sentence that says so."""
    found, pages = title_search(presentation.without_filters(reading.request))
    sentence = _("El buscador está en reparación. Por ahora buscamos solo en los títulos.")
    return Answer(reading, labels, found, pages, [*reading.errors, sentence], is_whole=False)


def _context(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    found, labels = answer.results, answer.labels
    asked = found.request
    return {
        "on_search": True,
        "sentences": answer.sentences,
        "results_language": answer.language,
        "asked": asked,
        "field": SearchFilter.base_filters["q"],
        "total": found.total,
        "total_sentence": presentation.total_sentence(found.total),
        "cards": build_cards(found, answer.pages, labels, request),
        "facets": presentation.facets(found, labels),
        "chips": presentation.chips(asked, labels),
        "scope": presentation.scope(asked, labels),
        "sorts": presentation.sorts(asked, dict(zip(Sort, (str(name) for _, name in SORTS), strict=True))),
        "page_links": presentation.page_links(found),
        "expansions": presentation.expansions(found),
        "only_my_words": query_string(presentation.without_glossary(asked)),
        "without_filters": query_string(presentation.without_filters(asked)),
        "suggestion": found.suggestion,
        "suggestion_query": query_string(asked.saying(found.suggestion)),
        "help": answer.help,
        "promoted": promoted(asked, request),
        "own_query": query_string(asked),
        "files": {name: _file_url(name, asked) for name in FORMATS} if answer.is_whole else {},
        "most": MOST,
    }


def _file_url(name: str, asked: SearchRequest) -> str:
    return f"{reverse('search:download', args=[name])}?{query_string(asked)}"
