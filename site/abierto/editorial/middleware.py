"""Answers a review that cannot go ahead with the reason, and with both versions when content changed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from abierto.editorial.comparison import compare_versions
from abierto.editorial.errors import ContentChanged, ReviewRefused

CONFLICT = 409


class content_changed:
    """Turn ``ReviewRefused`` into an answer 409 that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer our own refusals; leave everything else to Django."""
        if not isinstance(exception, ReviewRefused):
            return None
        kwargs = request.resolver_match.kwargs if request.resolver_match else {}
        if request.headers.get("x-requested-with") == "XMLHttpRequest" and "task_state_id" in kwargs:
            return _answer_to_modal(request, kwargs["task_state_id"])
        return refusal_page(request, exception)


def refusal_page(request: HttpRequest, refusal: ReviewRefused) -> HttpResponse:
    """Return the page that says why, with what was read beside what there is now."""
    context: dict[str, Any] = {"refusal": refusal, "changes": None}
    if isinstance(refusal, ContentChanged) and refusal.current is not None:
        read = refusal.read.as_object() if refusal.read else None
        context["changes"] = compare_versions(read, refusal.current.as_object(), request)
    return render(request, "editorial/refused.html", context, status=CONFLICT)


def _answer_to_modal(request: HttpRequest, task_state_id: int) -> JsonResponse:
    """Send the browser to the review's own page, which refuses for the same reason and shows why.

    The admin's modal shows nothing of an answer that is an error.
    """
    address = reverse("editorial:review", args=[task_state_id])
    query = urlencode({"leido": request.POST.get("token", "")})
    return JsonResponse({"step": "success", "redirect": f"{address}?{query}"})
