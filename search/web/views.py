"""Views of the public search: results page, downloads and suggestions."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from abierto.addresses import absolute_url
from abierto.bad_requests.middleware import reads_any_text
from abierto.portal import portal_of
from pages.core.cache import mark_cacheable
from pages.core.content_language import language_tag
from pages.core.frame import extend_view_frame
from pages.core.rendering import render_view
from search.analytics.recording import record_query
from search.engines import get_engine
from search.engines.base import EngineError
from search.indexing.institutions import Record
from search.promotions.models import find_promoted
from search.query.filters import SORTS, ParsedQuery, SearchFilter, parse_query, query_string
from search.query.no_results import NoResultsHelp, build_no_results_help
from search.query.request import SearchRequest, Sort
from search.query.results import SearchResults
from search.query.service import active_content_language, run_search
from search.query.suggestions import build_suggestions
from search.query.title_search import title_search

from . import presentation
from .cards import build_cards, group_families, kind_name, record_address
from .downloads import FORMATS, MAX_RESULTS, Download, build_response
from .labels import Labels, current_labels

logger = logging.getLogger(__name__)


FEW_PAGES = gettext_lazy("Pocas páginas tienen dos de tus palabras. Aquí están las que tienen alguna.")


@dataclass(slots=True)
class SearchAnswer:
    """The answer to a request: the parsed query, the results, and the notes to show with them.

    ``language`` is set when the results are in another language than the page.
    """

    parsed: ParsedQuery
    labels: Labels
    results: SearchResults
    records: Mapping[int, Record]
    sentences: list[str]
    help: NoResultsHelp | None = None
    is_whole: bool = True
    language: str = ""


@reads_any_text
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the results of a query; without text, all content, newest first."""
    language = active_content_language()
    answer = _answer(request, language)
    if not answer.results.total and language != settings.LANGUAGE_CODE:
        in_source = _answer(request, settings.LANGUAGE_CODE)
        if in_source.results.total:
            # Few pages are translated: results in Spanish, with a note, are better than none.
            answer = in_source
            answer.language = settings.LANGUAGE_CODE
            answer.sentences.append(_("No hay resultados en tu idioma. Estos están en español."))
    if answer.is_whole:
        record_query(request, answer.results.request, language, answer.results.total)
    if not request.GET:  # the search itself can be shared; a query has its own address
        extend_view_frame(request, _("Buscar"), reverse("search:results"))
    response = render_view(request, "search/results.html", _context(request, answer))
    return mark_cacheable(response) if answer.is_whole else response


@reads_any_text
@require_safe
def download(request: HttpRequest, name: str) -> HttpResponse:
    """Return the first results as a file; 503 if the index cannot answer, never a partial file."""
    try:
        for language in dict.fromkeys(
            (active_content_language(), settings.LANGUAGE_CODE)
        ):  # same fallback as the page
            labels = current_labels(language)
            parsed = parse_query(request.GET, language, labels)
            found, records = run_search(replace(parsed.request, page=1, per_page=MAX_RESULTS))
            if found.total:
                break
    except EngineError as error:
        logger.error("The search index cannot answer: %s", error)
        sentence = _("El buscador está en reparación. Vuelve a bajar los resultados más tarde.")
        return HttpResponse(
            sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "120"}
        )
    address = f"{reverse('search:results')}?{query_string(parsed.request)}"
    made = Download(
        title=_("Buscar: %(text)s") % {"text": parsed.request.text} if parsed.request.text else _("Buscar"),
        page_url=absolute_url(address),
        own_url=absolute_url(_file_url(name, parsed.request)),
        base_url=absolute_url(""),
        author=portal_of(request).name,
        total=found.total,
        cards=build_cards(found, records, labels, request),
    )
    return build_response(made, name)


@reads_any_text
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return suggestions for the typed text as JSON; none if the index cannot answer."""
    text = request.GET.get("q", "")
    try:
        found = build_suggestions(text, active_content_language(), get_engine())
    except EngineError as error:
        logger.error("The search index cannot suggest: %s", error)
        return JsonResponse({"suggestions": []})
    address = reverse("search:results")
    offered = [
        {"text": text, "kind": _("Búsqueda"), "url": f"{address}?{query_string(SearchRequest(text=text))}"}
        for text in found.questions
    ]
    offered += [
        {"text": str(record), "kind": kind_name(hit), "url": record_address(record, request) or address}
        for hit, record in found.hits
    ]
    return JsonResponse({"suggestions": offered, "language": language_tag(found.language)})


def _answer(request: HttpRequest, language: str) -> SearchAnswer:
    """Answer in one language, from the index or, if it cannot answer, from the database."""
    labels = current_labels(language)
    parsed = parse_query(request.GET, language, labels)
    try:
        answer = _found(request, parsed, labels)
    except EngineError as error:
        logger.error("The search index cannot answer: %s", error)
        answer = _found_by_title(parsed, labels)
    if answer.results.request.page < parsed.request.page:
        answer.sentences.append(_("No hay tantas páginas de resultados. Te mostramos la última."))
    return answer


def _found(request: HttpRequest, parsed: ParsedQuery, labels: Labels) -> SearchAnswer:
    """Return the answer of the index, with help when there are no results."""
    found, records = run_search(parsed.request)
    answer = SearchAnswer(
        parsed, labels, found, records, list(parsed.errors), is_whole=not found.from_fallback
    )
    if found.is_unquoted and found.hits:
        answer.sentences.append(_("Ninguna página dice eso tal cual. Estas tienen algunas de sus palabras."))
    if found.is_loosened:
        answer.sentences.append(str(FEW_PAGES))
    if found.from_fallback:
        answer.sentences.append(_("El buscador no responde. Estos resultados pueden no estar al día."))
    if not found.hits and found.planned is not None:
        answer.help = build_no_results_help(found.request, found.planned, labels, get_engine(), request)
    return answer


def _found_by_title(parsed: ParsedQuery, labels: Labels) -> SearchAnswer:
    """Return the answer of the database while the index cannot answer."""
    found, records = title_search(presentation.without_filters(parsed.request))
    sentence = _("El buscador está en reparación. Por ahora buscamos solo en los títulos.")
    return SearchAnswer(parsed, labels, found, records, [*parsed.errors, sentence], is_whole=False)


def _context(request: HttpRequest, answer: SearchAnswer) -> dict[str, Any]:
    found, labels = answer.results, answer.labels
    query = found.request
    return {
        "on_search": True,
        "sentences": answer.sentences,
        "results_language": answer.language,
        "query": query,
        "field": SearchFilter.base_filters["q"],
        "total": found.total,
        "total_sentence": presentation.format_total(found.total),
        "cards": group_families(build_cards(found, answer.records, labels, request)),
        "facets": presentation.build_facets(found, labels),
        "chips": presentation.build_chips(query, labels),
        "scope": presentation.build_scope_link(query, labels),
        "sorts": presentation.build_sort_links(
            query, dict(zip(Sort, (str(name) for _, name in SORTS), strict=True))
        ),
        "pager": presentation.build_result_pager(found),
        "expansions": presentation.build_expansion_links(found),
        "only_my_words": query_string(presentation.with_glossary(query, expand=False)),
        "with_glossary": "" if query.expand else query_string(presentation.with_glossary(query)),
        "without_filters": query_string(presentation.without_filters(query)),
        "suggestion": found.suggestion,
        "suggestion_query": query_string(query.with_text(found.suggestion)),
        "help": answer.help,
        "promoted": find_promoted(query, request),
        "definition": found.definition,
        "own_query": query_string(query),
        "files": {name: _file_url(name, query) for name in FORMATS} if answer.is_whole else {},
        "most": MAX_RESULTS,
    }


def _file_url(name: str, query: SearchRequest) -> str:
    return f"{reverse('search:download', args=[name])}?{query_string(query)}"
