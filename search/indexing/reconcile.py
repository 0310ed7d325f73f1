"""Compare the index with the database, group by group, and repair the differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from pages.core.cache import bump_public_version
from search.engines.base import SearchEngine
from search.models import OutboxEntry

from .documents import documents_of_groups, indexable_groups
from .outbox import DrainResult, dead_letters, drain, enqueue, waiting
from .schema import Document, fingerprint

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Drift:
    """The differences between index and database, by group, and the outbox rows not applied yet."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    waiting: int = 0
    dead: int = 0

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the pages to index again."""
        return (*self.missing, *self.extra, *self.stale)

    def __bool__(self) -> bool:
        return bool(self.pages or self.waiting or self.dead)


def iter_documents() -> Iterator[Document]:
    """Yield the documents of every public page and institution."""
    for _group, documents in documents_of_groups(indexable_groups()):
        yield from documents


def compare(engine: SearchEngine) -> Drift:
    """Compare the index with the database. It builds every document: for commands, not for requests."""
    wanted = {group: fingerprint(found) for group, found in documents_of_groups(indexable_groups())}
    held = engine.groups()
    return Drift(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        extra=tuple(sorted(held.keys() - wanted.keys())),
        stale=tuple(sorted(page for page in wanted.keys() & held.keys() if wanted[page] != held[page])),
        waiting=waiting().count(),
        dead=dead_letters().count(),
    )


def rebuild(engine: SearchEngine) -> int:
    """Build a new index beside the live one, then apply what was published meanwhile.

    It settles the rows written before the first page was read, dead letters included.
    """
    settled = list(OutboxEntry.objects.values_list("pk", flat=True))
    count = engine.rebuild(iter_documents())
    for pks in batched(settled, ROWS_AT_ONCE):
        OutboxEntry.objects.filter(pk__in=pks).delete()
    drain(engine)
    bump_public_version(spaces=())
    return count


def sync(engine: SearchEngine) -> DrainResult:
    """Drain the outbox, then repair the differences."""
    first = drain(engine)
    if first.busy or first.error:
        return first
    differing = compare(engine).pages
    enqueue(differing)
    return drain(engine) if differing else first
