"""Rate limit for the passwords of private pages and collections."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from wagtail.documents.views.serve import authenticate_with_password as authenticate_for_collection
from wagtail.views import authenticate_with_password as authenticate_for_page

#: Key in ``ACCOUNT_RATE_LIMITS``.
ACTION = "private_page"
TOO_MANY_REQUESTS, FOUND = 429, 302

View = Callable[Concatenate[HttpRequest, int, ...], HttpResponseBase]


def limit_attempts(kind: str, view: View) -> View:
    """Count the attempts of ``view`` by restriction and client address (IPv6: by /64).

    An attempt counts before the password is compared, so that parallel attempts count too; the right
    password resets the count.
    """

    @wraps(view)
    def limited(request: HttpRequest, restriction: int, **more: int) -> HttpResponseBase:
        key = f"{kind}:{restriction}:{get_ip(request)}"
        is_attempt = request.method == "POST"
        if is_attempt and not ratelimit.consume(request, action=ACTION, key=key):
            return _refuse(request)
        response = view(request, restriction, *more.values())
        if is_attempt and response.status_code == FOUND:
            ratelimit.clear(request, action=ACTION, key=key)
        return response

    return limited


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"is_private_page": True}, status=TOO_MANY_REQUESTS)


page_password = limit_attempts("page", authenticate_for_page)
collection_password = limit_attempts("collection", authenticate_for_collection)
