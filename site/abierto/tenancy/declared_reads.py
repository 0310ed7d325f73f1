"""Declare which pages the code that serves a public page reads.

The page cache drops a page when a space changes that it has read (``pages.core.reads``). A query of pages or
of their decisions without a declaration may read any space: the page is then dropped with every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_branches: ContextVar[frozenset[str] | None] = ContextVar("abierto_declared_reads", default=None)


@contextmanager
def declared_reads(*branches: str) -> Iterator[None]:
    """Declare that the block reads pages at or below these paths, the page being served, and no others.

    The ancestors of the page are recorded with its route; the block records its other reads itself.
    """
    token = _branches.set(frozenset(branches))
    try:
        yield
    finally:
        _branches.reset(token)


def current_declaration() -> frozenset[str] | None:
    """Return the paths that the running code has declared; None without a declaration."""
    return _branches.get()
