"""The public versions, and values that are valid for one of them.

Numbers in the database tell whether a cached value is still valid: the version of everything, that of what
all pages share, and one of each space. They are raised after every transaction that wrote data of a public
page, so an unpublished page leaves the cache (:mod:`pages.core.page_cache`) with the next request. It happens
after the commit: within it, publishers would wait for each other on one row. If a process dies in between, a
page is at most ``ABIERTO_PAGE_CACHE_SECONDS`` old.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

from .cache_impact import CacheImpact, find_cache_impact
from .invalidation import PublicChanges, is_new_file, is_unshown, read_space_roots
from .reads import Reads, include_reads, record_reads

# The models' own queries take longer to build than a cached page to send.
VERSIONS_SQL = (
    "SELECT 0, number, shared FROM pages_publicversion WHERE id = 1"
    " UNION ALL SELECT space_number, number, 0 FROM pages_spaceversion"
)


class PublicVersion(models.Model):
    """One row: a counter of all changes to public content, and one of those that any page may show."""

    number = models.PositiveBigIntegerField(default=0)
    shared = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "versión pública"
        verbose_name_plural = "versiones públicas"

    def __str__(self) -> str:
        return f"{self.number}, {self.shared}"


class SpaceVersion(models.Model):
    """A counter of the changes to the public pages of one space; the row outlives the space."""

    space_number = models.PositiveBigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "versión pública de un espacio"
        verbose_name_plural = "versiones públicas de los espacios"

    def __str__(self) -> str:
        return f"{self.space_number}: {self.number}"


@dataclass(frozen=True, slots=True)
class Basis:
    """The versions that a cached page depends on: that of everything, or those of what it read."""

    number: int
    shared: int = 0
    spaces: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions at one moment."""

    number: int
    shared: int
    spaces: Mapping[int, int]

    def describe_basis(self, read: Collection[int] | None) -> Basis:
        """Return the basis of a page that read these spaces; with None, of one that may show anything."""
        if read is None:
            return Basis(self.number)
        return Basis(self.number, self.shared, {space: self.spaces.get(space, 0) for space in read})

    def match(self, basis: Basis) -> bool:
        """Check that every version in ``basis`` is still the current one."""
        if basis.spaces is None:
            return basis.number == self.number
        return basis.shared == self.shared and all(
            self.spaces.get(space, 0) == number for space, number in basis.spaces.items()
        )


def read_versions() -> Versions:
    """Read all versions with one query."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS_SQL)
        rows = cursor.fetchall()
    number, shared = next(((number, shared) for space, number, shared in rows if not space), (0, 0))
    return Versions(number, shared, {space: number for space, number, _shared in rows if space})


def current_version() -> int:
    """Return the number of the current public version."""
    return read_versions().number


def bump_public_version(spaces: Collection[int] | None = None) -> None:
    """Raise the public version, which invalidates all cached pages.

    With ``spaces``, pages stay that have recorded what they read and have read none of these spaces; with an
    empty collection, all those pages stay.
    """
    clear_cached_values()
    for space in spaces or ():
        _raise(SpaceVersion, space, "number")
    if spaces is None:
        _raise(PublicVersion, 1, "number", "shared")
    else:
        _raise(PublicVersion, 1, "number")


def _raise(model: type[PublicVersion | SpaceVersion], key: int, *names: str) -> None:
    """Add one to columns of a row; another process may be making the row now."""
    rows = model._default_manager.filter(pk=key)
    raised = {name: F(name) + 1 for name in names}
    if not rows.update(**raised):
        model._default_manager.get_or_create(pk=key)
        rows.update(**raised)


class _Bump:
    """The ``on_commit`` hook that raises the versions of the collected changes."""

    def __init__(self) -> None:
        self.changes = PublicChanges()

    def __call__(self) -> None:
        bump_public_version(self.changes.find_spaces())


def bump_after_commit(sender: Any = None, **kwargs: Any) -> None:
    """Raise the version of everything once after the current transaction, no matter how many calls."""
    _collect_change(PublicChanges.add_everything)


def bump_after_write(sender: type[models.Model], **kwargs: Any) -> None:
    """Raise the versions after a write to a model that a public page may show."""
    if find_cache_impact(sender) is CacheImpact.NONE or is_unshown(sender, kwargs.get("update_fields")):
        return
    if not is_new_file(kwargs["instance"], kwargs.get("created", False)):
        _collect_change(lambda changes: changes.add(kwargs["instance"]))


def _collect_change(add: Callable[[PublicChanges], None]) -> None:
    """Raise the versions of a change after the commit, together with the other changes of the transaction.

    An import writes thousands of rows in one transaction, so a hook that is already registered is reused. It
    may keep changes that a savepoint has undone, and then raises a version without need.
    """
    waiting = transaction.get_connection().run_on_commit
    # Each hook is (savepoints, function, robust).
    last = waiting[-1][1] if waiting else None
    bump = last if isinstance(last, _Bump) else _Bump()
    add(bump.changes)
    if bump is not last:
        transaction.on_commit(bump)


def connect() -> None:
    """Connect the signals of everything that changes public content."""
    for signal in (post_save, post_delete, page_published, page_unpublished):
        signal.connect(bump_after_write, dispatch_uid=f"public-version-{id(signal)}")
    post_page_move.connect(bump_after_commit, dispatch_uid=f"public-version-{id(post_page_move)}")


def mark_cacheable(response: HttpResponse, reads: Reads | None = None) -> HttpResponse:
    """Mark ``response`` as cacheable for all anonymous visitors until one of its ``reads`` changes.

    Without ``reads`` any public change invalidates it.
    """
    response.is_cacheable = True  # type: ignore[attr-defined]
    response.reads = reads  # type: ignore[attr-defined]
    return response


def find_spaces_read(response: HttpResponse) -> frozenset[int] | None:
    """Return the ids of the spaces whose pages ``response`` read; None when it may show any."""
    reads: Reads | None = getattr(response, "reads", None)
    if reads is None or not reads.is_complete:
        return None
    return reads.find_spaces(cached_for_version("space roots", read_space_roots))


MAX_CACHED_VALUES = 64

_version: ContextVar[int | None] = ContextVar("abierto_public_version", default=None)


@dataclass(frozen=True, slots=True)
class _CachedValue:
    version: int
    day: datetime.date
    until: float  # seconds of the monotonic clock
    value: Any
    reads: Reads


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
        include_reads(cached.reads)
        found: Value = cached.value
        return found
    with record_reads() as reads:
        value = compute()
    if len(_memory) >= MAX_CACHED_VALUES:
        clear_cached_values()
    until = time.monotonic() + settings.ABIERTO_PAGE_CACHE_SECONDS
    _memory[key] = _CachedValue(version, day, until, value, reads)
    return value
