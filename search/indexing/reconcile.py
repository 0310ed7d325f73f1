"""Whether the index says what the database says, page by page, and mending it where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from pages.core.cache import bump_public_version
from search.engines.base import SearchEngine
from search.models import OutboxEntry

from .documents import documents_of_pages, indexable_ids
from .outbox import Drained, dead_letters, drain, enqueue, waiting
from .schema import Document, fingerprint

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the index and the database differ, by page id, and what is still waiting."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    waiting: int = 0
    dead: int = 0

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages to look at again."""
        return (*self.missing, *self.extra, *self.stale)

    def __bool__(self) -> bool:
        return bool(self.pages or self.waiting or self.dead)


def every_document() -> Iterator[Document]:
    """The documents of everything that is public now, page after page."""
    for _page_id, documents in documents_of_pages(indexable_ids()):
        yield from documents


def compare(engine: SearchEngine) -> Drift:
    """What differs between the index and the database. Describes every page: for a command, not a request."""
    wanted = {page_id: fingerprint(found) for page_id, found in documents_of_pages(indexable_ids())}
    held = engine.groups()
    return Drift(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        extra=tuple(sorted(held.keys() - wanted.keys())),
        stale=tuple(sorted(page for page in wanted.keys() & held.keys() if wanted[page] != held[page])),
        waiting=waiting().count(),
        dead=dead_letters().count(),
    )


def rebuild(engine: SearchEngine) -> int:
    """Build the index anew beside the live one, then catch up with what was published meanwhile.

    The rows that waited before any page was read are settled by it, the dead letters too.
    """
    settled = list(OutboxEntry.objects.values_list("pk", flat=True))
    count = engine.rebuild(every_document())
    for pks in batched(settled, ROWS_AT_ONCE):
        OutboxEntry.objects.filter(pk__in=pks).delete()
    drain(engine)
    bump_public_version()
    return count


def sync(engine: SearchEngine) -> Drained:
    """Drain what waits, then mend what differs."""
    first = drain(engine)
    if first.busy or first.error:
        return first
    differing = compare(engine).pages
    enqueue(differing)
    return drain(engine) if differing else first
