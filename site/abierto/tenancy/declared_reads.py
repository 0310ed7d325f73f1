"""Statements of code that serves public pages about which pages it reads.

The page cache drops a page when a space changes that it has read (``pages.core.reads``). A query of pages or
of their decisions that nothing states may read any space: then the page is dropped with every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_branches: ContextVar[frozenset[str] | None] = ContextVar("abierto_declared_reads", default=None)


@contextmanager
def declared_reads(*branches: str) -> Iterator[None]:
    """State that the block reads pages at or below these paths, the page being served, and no others.

    Those on the way to the page are recorded with its route; others that the block reads it records itself.
    """
    token = _branches.set(frozenset(branches))
    try:
        yield
    finally:
        _branches.reset(token)


def current_declaration() -> frozenset[str] | None:
    """Return the branches that the running code has stated; None if it has stated nothing."""
    return _branches.get()
