"""The public version, and values that are valid for one public version.

The number is raised after every transaction that wrote data of a public page, so an unpublished page leaves
the cache (:mod:`pages.core.page_cache`) with the next request. It is raised after the commit: within it,
publishers would wait for each other on one row. If a process dies in between, a page is at most
``ABIERTO_PAGE_CACHE_SECONDS`` old.
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
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

WATCHED_APPS = frozenset(
    {"accounts", "approval", "media", "pages", "registry", "tenancy", "wagtailcore", "wagtailredirects"}
)
# Written on every save of an editor, and shown in the admin only.
ADMIN_ONLY_MODELS = frozenset(
    {"revision", "pagelogentry", "modellogentry", "taskstate", "workflowstate", "referenceindex"}
)

# The model's own query takes longer to build than a cached page to send.
VERSION_SQL = "SELECT number FROM pages_publicversion WHERE id = 1"


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
    with connection.cursor() as cursor:
        cursor.execute(VERSION_SQL)
        row = cursor.fetchone()
    return row[0] if row else 0


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
def at_version(number: int | None) -> Iterator[None]:
    """Use this public version for :func:`cached_for_version` in the block; with None, nothing is cached."""
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
