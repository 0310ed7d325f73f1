"""«¿Te sirvió?»: one click below the results, without scripts, cookies or an account.

The page of results is kept as rendered and shown to everybody, so it can carry nobody's token. The answer is
taken when the browser says that the form was on this very site (`Origin`, which every browser sends with a
form and no page can forge); there is no session or right here that another site could make use of.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.query.filters import query_string, read
from search.query.request import SearchRequest
from search.query.service import active_content_language
from search.web.labels import current_labels

from .recording import record_feedback

YES, NO = "si", "no"


@csrf_exempt  # the check of `_is_from_here` stands in its place
@never_cache
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Take an answer and give thanks; whoever comes without one is led to the results."""
    language = active_content_language()
    asked = read(request.GET, language, current_labels(language)).request
    answer = request.POST.get("sirvio", "")
    if answer not in (YES, NO) or not asked.text:
        return HttpResponseRedirect(_results_url(asked))
    came_from_here = _is_from_here(request)
    if came_from_here:
        record_feedback(request, asked, language, useful=answer == YES)
    context = {
        "on_search": True,
        "asked": asked,
        "is_noted": came_from_here,
        "is_useful": answer == YES,
        "results_url": _results_url(asked),
    }
    return TemplateResponse(request, "search/feedback.html", context, status=200 if came_from_here else 403)


def _is_from_here(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _results_url(asked: SearchRequest) -> str:
    return f"{reverse('search:results')}?{query_string(asked)}"
