"""Record what a page reads while it is rendered, so that a change of it invalidates the cached page.

The default is safe: a query of a table whose rows belong to spaces makes the page depend on every change,
unless the code states which pages it reads (:mod:`abierto.tenancy.declared_reads`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from wagtail.models import Page

from abierto.tenancy.declared_reads import current_declaration
from abierto.tenancy.tree_paths import branch_paths, find_nearest
from abierto.tenancy.visibility import filter_public

from .cache_impact import CacheImpact, map_tables_to_impact


@dataclass
class Reads:
    """The tree paths of the pages that were read."""

    #: Pages, which depend on their own space.
    pages: set[str] = field(default_factory=set)
    #: Pages with all that is below them.
    branches: set[str] = field(default_factory=set)
    #: Whether every query was declared.
    is_complete: bool = True

    def include(self, other: Reads) -> None:
        """Add what ``other`` has read."""
        self.pages |= other.pages
        self.branches |= other.branches
        self.is_complete = self.is_complete and other.is_complete

    def find_spaces(self, roots: Mapping[str, int]) -> frozenset[int] | None:
        """Return the ids of the spaces that were read, by the roots of all; None when it may be any space."""
        if not self.is_complete:
            return None
        nearest = {find_nearest(path, roots) for path in self.pages | self.branches}
        below = {space for path, space in roots.items() if path.startswith(tuple(self.branches))}
        # A page without a space depends on what is shared, as every page does.
        return frozenset(space for space in nearest | below if space is not None)


_current: ContextVar[Reads | None] = ContextVar("abierto_reads", default=None)


@contextmanager
def record_reads() -> Iterator[Reads]:
    """Record what the block reads; what it reads is also read by the block around it."""
    outer, reads = _current.get(), Reads()
    token = _current.set(reads)
    try:
        if outer is not None:
            yield reads
        else:
            with connection.execute_wrapper(_record_query):
                yield reads
    finally:
        _current.reset(token)
        include_reads(reads)


def include_reads(reads: Reads) -> None:
    """Add ``reads`` to those of the current block."""
    current = _current.get()
    if current is not None:
        current.include(reads)


def record_pages(paths: Iterable[str]) -> None:
    """Add the pages at ``paths`` to the reads of the current block."""
    include_reads(Reads(pages=set(paths)))


def _record_query(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    reads = _current.get()
    if reads is not None and not _reads_shared_tables(sql):
        branches = current_declaration()
        if branches is None or not _may_be_declared(sql):
            reads.is_complete = False
        else:
            reads.branches |= branches
    return execute(sql, params, many, context)


def _reads_shared_tables(sql: str) -> bool:
    return _find_impacts(sql) <= {CacheImpact.SHARED}


def _may_be_declared(sql: str) -> bool:
    return CacheImpact.UNRECORDED not in _find_impacts(sql)


@lru_cache(maxsize=512)
def _find_impacts(sql: str) -> frozenset[CacheImpact]:
    """Return the impacts of the tables that a statement names."""
    known = map_tables_to_impact()
    return frozenset(known[name] for name in set(re.findall(r"\w+", sql)) if name in known)


def read_public[P: Page](model: type[P], keys: list[int]) -> dict[int, P]:
    """Return the public pages with these ids, with one query; none without ids.

    The paths of pages that are not public yet are recorded too: the page changes when they become public.
    """
    if not keys:
        return {}
    public = filter_public(Page.objects.filter(pk=OuterRef("pk")))
    found = model._default_manager.annotate(is_open=Exists(public)).in_bulk(keys)
    record_pages(step for page in found.values() for step in branch_paths(page.path))
    return {key: page for key, page in found.items() if page.is_open}
