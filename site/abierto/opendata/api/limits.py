"""How many requests an address may send in a minute, counted by each process in its memory.

A counter that all processes share would write to the database with each read. With several processes the
limit is as many times higher.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

CACHE = "api_limits"
WINDOW = 60
"""Seconds."""


@dataclass(frozen=True)
class Allowance:
    """What is left to an address: requests in this window, and seconds until the next one."""

    limit: int
    left: int
    reset: int

    @property
    def is_exceeded(self) -> bool:
        """Check whether there were too many requests."""
        return self.left < 0

    def write_headers(self, response: HttpResponse) -> None:
        """Tell the caller the limit, what is left of it, and when to come back."""
        response.headers["RateLimit-Limit"] = str(self.limit)
        response.headers["RateLimit-Remaining"] = str(max(self.left, 0))
        response.headers["RateLimit-Reset"] = str(self.reset)
        if self.is_exceeded:
            response.headers["Retry-After"] = str(self.reset)


def count_request(request: HttpRequest) -> Allowance | None:
    """Count a request of its address; None where the installation sets no limit."""
    limit: int = settings.ABIERTO_API_REQUESTS
    if not limit:
        return None
    window, passed = divmod(int(time.time()), WINDOW)
    key = f"{get_adapter().get_client_ip(request)}-{window}"
    cache = caches[CACHE]
    cache.add(key, 0, WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # dropped between the two calls, as the cache is full
        count = 1
    return Allowance(limit, limit - count, WINDOW - passed)
