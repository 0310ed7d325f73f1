"""The feedback form «¿Te sirvió?» below the results, without scripts, cookies or an account.

The results page is cached and shared, so it cannot hold a CSRF token. The form is accepted only from this
site (`Origin`, which browsers send with every form and a page cannot forge). It grants no session or right.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.query.filters import parse_query, query_string
from search.query.request import SearchRequest
from search.query.service import active_content_language
from search.web.labels import current_labels

from .recording import record_feedback

YES, NO = "si", "no"


@csrf_exempt  # `_has_own_origin` checks the origin instead
@never_cache
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Record the feedback and thank the visitor; without a valid answer, redirect to the results."""
    language = active_content_language()
    query = parse_query(request.GET, language, current_labels(language)).request
    answer = request.POST.get("sirvio", "")
    if answer not in (YES, NO) or not query.text:
        return HttpResponseRedirect(_results_url(query))
    is_own_form = _has_own_origin(request)
    if is_own_form:
        record_feedback(request, query, language, useful=answer == YES)
    context = {
        "on_search": True,
        "query": query,
        "is_noted": is_own_form,
        "is_useful": answer == YES,
        "results_url": _results_url(query),
    }
    return TemplateResponse(request, "search/feedback.html", context, status=200 if is_own_form else 403)


def _has_own_origin(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _results_url(query: SearchRequest) -> str:
    return f"{reverse('search:results')}?{query_string(query)}"
