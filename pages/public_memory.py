"""What many public pages need and what changes only with what is public: worked out once per public version.

The rows behind menus, filters and the glossary are the same for every visitor. While a visitor is being
served at a known public version (`pages.public_cache`), each is worked out once in a process and forgotten
when the version moves, the day ends or the page cache's seconds are over. Everybody else, editors and
commands among them, has it worked out anew. What is remembered is shared: read it, never change it.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

MOST_THINGS = 64

_version: ContextVar[int | None] = ContextVar("abierto_public_version", default=None)


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    day: datetime.date
    until: float  # seconds of the monotonic clock
    value: Any


_memory: dict[Hashable, _Kept] = {}


@contextmanager
def at_version(number: int) -> Iterator[None]:
    """Serve a visitor at this public version, read before anything else was."""
    token = _version.set(number)
    try:
        yield
    finally:
        _version.reset(token)


def forget() -> None:
    """Let go of everything: what was remembered belongs to a version that is over."""
    _memory.clear()


def remembered[Value](name: Hashable, work_out: Callable[[], Value]) -> Value:
    """What ``work_out`` returns, or returned at this public version under the same name."""
    version, day = _version.get(), timezone.localdate()
    if version is None:
        return work_out()
    kept = _memory.get(name)
    if kept is not None and (kept.version, kept.day) == (version, day) and time.monotonic() < kept.until:
        found: Value = kept.value
        return found
    value = work_out()
    if len(_memory) >= MOST_THINGS:
        forget()
    until = time.monotonic() + settings.ABIERTO_PAGE_CACHE_SECONDS
    _memory[name] = _Kept(version, day, until, value)
    return value
