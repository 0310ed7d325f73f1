"""Cache of rendered public pages, valid for one public version.

A cached page costs one query: the number of the public version. The number is raised after every transaction
that wrote data of a public page, so an unpublished page disappears with the next request. It is raised after
the commit: within it, publishers would wait for each other on one row. If a process dies in between, a page
is at most ``ABIERTO_PAGE_CACHE_SECONDS`` old.

Only responses marked with :func:`mark_cacheable` are cached, and none of signed-in users.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import models, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

CACHE = "public_pages"
WATCHED_APPS = frozenset(
    {"accounts", "approval", "media", "pages", "registry", "tenancy", "wagtailcore", "wagtailredirects"}
)
# Written on every save of an editor, and shown in the admin only.
ADMIN_ONLY_MODELS = frozenset(
    {"revision", "pagelogentry", "modellogentry", "taskstate", "workflowstate", "referenceindex"}
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class PublicVersion(models.Model):
    """One row: a counter of changes to public content."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "versión pública"
        verbose_name_plural = "versiones públicas"

    def __str__(self) -> str:
        return str(self.number)


def current_version() -> int:
    """Return the number of the current public version."""
    return PublicVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def bump_public_version() -> None:
    """Raise the public version, which invalidates everything cached."""
    clear_cached_values()
    if not PublicVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PublicVersion.objects.get_or_create(pk=1, defaults={"number": 1})


def bump_after_commit(sender: Any = None, **kwargs: Any) -> None:
    """Raise the version once after the current transaction, no matter how many calls."""
    # An import writes thousands of rows in one transaction; each hook is (savepoints, function, robust).
    waiting = transaction.get_connection().run_on_commit
    if all(hook[1] is not bump_public_version for hook in waiting[-1:]):
        transaction.on_commit(bump_public_version)


def bump_after_write(sender: type[models.Model], **kwargs: Any) -> None:
    """Raise the version after a write to a model that a public page may show."""
    if sender is not PublicVersion and _is_publicly_visible(sender):
        bump_after_commit()


def connect() -> None:
    """Connect the signals of everything that changes public content."""
    for signal in (post_save, post_delete):
        signal.connect(bump_after_write, dispatch_uid=f"public-version-{id(signal)}")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(bump_after_commit, dispatch_uid=f"public-version-{id(signal)}")


def mark_cacheable(response: HttpResponse) -> HttpResponse:
    """Mark ``response`` as the same for all anonymous visitors."""
    response.is_cacheable = True  # type: ignore[attr-defined]
    return response


def cache_public_pages(get_response: GetResponse) -> GetResponse:
    """Respond from the cache, and cache the responses that are marked cacheable."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.ABIERTO_PAGE_CACHE_SECONDS or not _is_anonymous_read(request):
            return get_response(request)
        # The version is read before the page: a change in between is cached under an old version.
        version = current_version()
        if _is_same_for_all(request):
            return _cached_or_rendered(request, version, get_response)
        with at_version(version):
            return get_response(request)

    return middleware


def _cached_or_rendered(request: HttpRequest, version: int, get_response: GetResponse) -> HttpResponse:
    key = f"{version}:{timezone.localdate()}:{request.build_absolute_uri()}"
    cached = caches[CACHE].get(key)
    if cached is not None:
        content, headers = cached
        return HttpResponse(content, headers=headers)
    with at_version(version):
        response = get_response(request)
    if response.status_code == 200 and getattr(response, "is_cacheable", False) and not response.cookies:
        cached = (response.content, dict(response.headers))
        caches[CACHE].set(key, cached, settings.ABIERTO_PAGE_CACHE_SECONDS)
    return response


def _is_anonymous_read(request: HttpRequest) -> bool:
    """Check that this is a GET request without a session."""
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _is_same_for_all(request: HttpRequest) -> bool:
    """Check that the response depends on the URL alone: no language cookie, no HTMX fragment."""
    return settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "HX-Request" not in request.headers


def _is_publicly_visible(model: type[models.Model]) -> bool:
    if model._meta.apps is not apps:
        # A historical model of a migration: our own table may not exist yet.
        return False
    return model._meta.app_label in WATCHED_APPS and model._meta.model_name not in ADMIN_ONLY_MODELS


MAX_CACHED_VALUES = 64

_version: ContextVar[int | None] = ContextVar("abierto_public_version", default=None)


@dataclass(frozen=True, slots=True)
class _CachedValue:
    version: int
    day: datetime.date
    until: float  # seconds of the monotonic clock
    value: Any


_memory: dict[Hashable, _CachedValue] = {}


@contextmanager
def at_version(number: int) -> Iterator[None]:
    """Use this public version for :func:`cached_for_version` in the block."""
    token = _version.set(number)
    try:
        yield
    finally:
        _version.reset(token)


def clear_cached_values() -> None:
    """Drop the values of all versions."""
    _memory.clear()


def cached_for_version[Value](key: Hashable, compute: Callable[[], Value]) -> Value:
    """Return the value cached under ``key`` for this public version and day; else compute and cache it."""
    version, day = _version.get(), timezone.localdate()
    if version is None:
        return compute()
    cached = _memory.get(key)
    if (
        cached is not None
        and (cached.version, cached.day) == (version, day)
        and time.monotonic() < cached.until
    ):
        found: Value = cached.value
        return found
    value = compute()
    if len(_memory) >= MAX_CACHED_VALUES:
        clear_cached_values()
    until = time.monotonic() + settings.ABIERTO_PAGE_CACHE_SECONDS
    _memory[key] = _CachedValue(version, day, until, value)
    return value
