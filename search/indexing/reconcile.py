"""Compare the index with the database, group by group, and repair the differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.utils import timezone
from wagtail.models import Page

from pages.plans.models import PlanPage
from search.engines.base import SearchEngine
from search.models import Fingerprint

from .documents import iter_group_documents, list_indexable_groups
from .fingerprints import AT_ONCE, find_stale, read_public_revisions
from .outbox import DrainResult, drain, enqueue, find_dead_letters, find_waiting_rows
from .rebuild import rebuild
from .schema import Document, fingerprint

__all__ = ["Drift", "compare", "iter_documents", "rebuild", "sync"]


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
    for _group, documents in iter_group_documents(list_indexable_groups()):
        yield from documents


def compare(engine: SearchEngine, deep: bool = False) -> Drift:
    """Compare the index with the stored fingerprints of the public pages.

    ``deep`` builds all documents again: it also finds what was written without signals, and takes as long as
    a rebuild.
    """
    held = engine.groups()
    if deep:
        wanted = {group: fingerprint(found) for group, found in iter_group_documents(list_indexable_groups())}
        public = set(wanted)
        stale = sorted(group for group in public & held.keys() if wanted[group] != held[group])
    else:
        revisions = read_public_revisions()
        public = set(revisions)
        stale = find_stale(held, revisions)
    return Drift(
        missing=tuple(sorted(public - held.keys())),
        extra=tuple(sorted(held.keys() - public)),
        stale=tuple(stale),
        waiting=find_waiting_rows().count(),
        dead=find_dead_letters().count(),
    )


def sync(engine: SearchEngine, deep: bool = False) -> DrainResult:
    """Drain the outbox, then repair the differences.

    Without ``deep``, only documents of plans are built again, once a day: status and pace depend on the day.
    """
    first = drain(engine)
    if first.busy or first.error:
        return first
    differing = [*compare(engine, deep).pages, *([] if deep else _pages_of_another_day(engine))]
    enqueue(differing)
    return drain(engine) if differing else first


def _pages_of_another_day(engine: SearchEngine) -> list[int]:
    """Return the pages of plans whose documents have changed since an earlier day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    differing: list[int] = []
    for path in PlanPage.objects.live().values_list("path", flat=True):
        pages = Page.objects.live().filter(path__startswith=path).values_list("pk", flat=True)
        older = Fingerprint.objects.filter(pk__in=pages, described_at__lt=today)
        marks = dict(older.values_list("group", "mark"))
        for ids in batched(marks, AT_ONCE):
            found = dict(iter_group_documents(ids))
            differing += [group for group in found if fingerprint(found[group]) != marks[group]]
            Fingerprint.objects.filter(pk__in=ids).update(described_at=timezone.now())
    return differing
