"""Public pages kept as rendered until anything public changes.

A page is worked out once and then answered from memory, in one query: the number of the present public
version. That number moves after every transaction that wrote something a page could show, so that what was
taken down is gone with the next request. It moves after the commit, not within it: one row that every
publisher wrote would make them wait for each other. Should a process die in between, a page is at most
``ABIERTO_PAGE_CACHE_SECONDS`` old.

Nothing is kept unless its view asks for it (:func:`mark_cacheable`), and nothing of somebody who signed in.
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
# Written on every click of an editor, and shown to nobody outside the admin.
ADMIN_ONLY_MODELS = frozenset(
    {"revision", "pagelogentry", "modellogentry", "taskstate", "workflowstate", "referenceindex"}
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class PublicVersion(models.Model):
    """One row: how many times something public may have changed."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "versión pública"
        verbose_name_plural = "versiones públicas"

    def __str__(self) -> str:
        return str(self.number)


def current_version() -> int:
    """Return the number of the present public version."""
    return PublicVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def bump_public_version() -> None:
    """Give the public version its next number: whatever was kept is answered no more."""
    clear_cached_values()
    if not PublicVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PublicVersion.objects.get_or_create(pk=1, defaults={"number": 1})


def bump_after_commit(sender: Any = None, **kwargs: Any) -> None:
    """Move on once the running transaction is committed, however often it asks."""
    # An import writes thousands of rows in one transaction; each hook is (savepoints, function, robust).
    waiting = transaction.get_connection().run_on_commit
    if all(hook[1] is not bump_public_version for hook in waiting[-1:]):
        transaction.on_commit(bump_public_version)


def bump_after_write(sender: type[models.Model], **kwargs: Any) -> None:
    """Move on after a write to anything that a public page may show."""
    if sender is not PublicVersion and _is_publicly_visible(sender):
        bump_after_commit()


def connect() -> None:
    """Listen to everything that changes what is public."""
    for signal in (post_save, post_delete):
        signal.connect(bump_after_write, dispatch_uid=f"public-version-{id(signal)}")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(bump_after_commit, dispatch_uid=f"public-version-{id(signal)}")


def mark_cacheable(response: HttpResponse) -> HttpResponse:
    """Mark ``response`` as the same for everybody who is not signed in."""
    response.is_cacheable = True  # type: ignore[attr-defined]
    return response


def cache_public_pages(get_response: GetResponse) -> GetResponse:
    """Answer a kept page if there is one, and keep what its view allows to be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.ABIERTO_PAGE_CACHE_SECONDS or not _is_anonymous_read(request):
            return get_response(request)
        # The number is read before the page: what changes meanwhile is kept under a number already gone.
        version = current_version()
        if _is_same_for_all(request):
            return _cached_or_rendered(request, version, get_response)
        with at_version(version):
            return get_response(request)

    return middleware


def _cached_or_rendered(request: HttpRequest, version: int, get_response: GetResponse) -> HttpResponse:
    key = f"{version}:{timezone.localdate()}:{request.build_absolute_uri()}"
    kept = caches[CACHE].get(key)
    if kept is not None:
        content, headers = kept
        return HttpResponse(content, headers=headers)
    with at_version(version):
        response = get_response(request)
    if response.status_code == 200 and getattr(response, "is_cacheable", False) and not response.cookies:
        kept = (response.content, dict(response.headers))
        caches[CACHE].set(key, kept, settings.ABIERTO_PAGE_CACHE_SECONDS)
    return response


def _is_anonymous_read(request: HttpRequest) -> bool:
    """Say whether somebody reads without having signed in."""
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _is_same_for_all(request: HttpRequest) -> bool:
    """Say whether the answer to a visitor is the same for all: no chosen language, no fragment."""
    return settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "HX-Request" not in request.headers


def _is_publicly_visible(model: type[models.Model]) -> bool:
    if model._meta.apps is not apps:
        # A model of a migration's past: nothing is served meanwhile, and our own table may not be there yet.
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
    """Serve a visitor at this public version, read before anything else was."""
    token = _version.set(number)
    try:
        yield
    finally:
        _version.reset(token)


def clear_cached_values() -> None:
    """Let go of everything: what was remembered belongs to a version that is over."""
    _memory.clear()


def cached_for_version[Value](name: Hashable, work_out: Callable[[], Value]) -> Value:
    """What ``work_out`` returns, or returned at this public version under the same name."""
    version, day = _version.get(), timezone.localdate()
    if version is None:
        return work_out()
    kept = _memory.get(name)
    if kept is not None and (kept.version, kept.day) == (version, day) and time.monotonic() < kept.until:
        found: Value = kept.value
        return found
    value = work_out()
    if len(_memory) >= MAX_CACHED_VALUES:
        clear_cached_values()
    until = time.monotonic() + settings.ABIERTO_PAGE_CACHE_SECONDS
    _memory[name] = _CachedValue(version, day, until, value)
    return value
