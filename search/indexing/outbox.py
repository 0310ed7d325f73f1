"""The outbox: rows written in the transaction of the page, drained into the index after the commit.

The process that holds the writer's lock drains for all: it reads the rows, reads the *current* state of each
page (so order and repetition do not matter), commits the index, and only then deletes exactly those rows.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from pages.core.cache import bump_public_version
from search.engines import get_engine
from search.engines.base import EngineBusy, EngineError, IndexBatch, IndexMissing, SearchEngine
from search.models import IndexRebuild, Operation, OutboxEntry, WorkerBeat

from .documents import iter_group_documents
from .rebuild_state import find_running_rebuild, record_changes
from .recorder import GroupRecorder

logger = logging.getLogger(__name__)

READ_AT_ONCE = 200
PAGES_AT_ONCE = 100
PAGES_IN_ROW = 200
PAGES_IN_BATCH = 1_000
ROUNDS_AFTER_COMMIT = 5
MAX_ATTEMPTS = 10
LONGEST_WAIT = 3600  # seconds
ALIVE_FOR = timedelta(seconds=30)
# A page whose content cannot be built must not block the others.
PAGE_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class DrainResult:
    """The result of a drain: rows settled, rows postponed, and whether another process held the writer."""

    settled: int = 0
    failed: int = 0
    busy: bool = False
    error: str = ""


def enqueue(page_ids: Iterable[int], operation: Operation = Operation.PAGE) -> None:
    """Write the rows in the current transaction, and drain after its commit."""
    ids = list(dict.fromkeys(page_ids))
    if operation is Operation.PAGE and len(ids) > PAGES_IN_ROW:
        rows = _list_rows(ids)
    else:
        rows = [OutboxEntry(page_id=page_id, operation=operation) for page_id in ids]
    if rows:
        OutboxEntry.objects.bulk_create(rows)
        transaction.on_commit(_drain_after_commit, robust=True)


def find_waiting_rows() -> QuerySet[OutboxEntry]:
    """Return the rows that are due: new ones always, and those that failed when they have waited.

    A date further ahead than the longest wait was written before the clock was set back.
    """
    now = timezone.now()
    is_too_far = Q(next_at__gt=now + timedelta(seconds=LONGEST_WAIT))
    return OutboxEntry.objects.filter(
        Q(attempts=0) | Q(next_at__lte=now) | is_too_far, attempts__lt=MAX_ATTEMPTS
    )


def find_dead_letters() -> QuerySet[OutboxEntry]:
    """Return the rows given up: `search check` reports them, `search rebuild` deletes them."""
    return OutboxEntry.objects.filter(attempts__gte=MAX_ATTEMPTS)


def drain(engine: SearchEngine | None = None, rounds: int = 1_000) -> DrainResult:
    """Apply the due rows to the index, unless another process is doing it."""
    engine = engine or get_engine()
    settled = failed = 0
    for _ in range(rounds):
        rows: list[OutboxEntry] = []
        if not find_waiting_rows().exists():
            break
        try:
            with engine.batch() as batch:
                rows = _read_rows()
                # Only after the rows are read: an index that begins to be filled later reads their pages.
                filled = find_running_rebuild(engine)
                if filled:
                    batch.also_write_to(filled.index)
                described = Descriptions(batch, filled)
                faults = _apply(described, rows)
        except EngineBusy:
            return DrainResult(settled, failed, busy=True)
        except EngineError as error:
            # Before the first rebuild there is nothing to warn of: it reads every page.
            level = logging.DEBUG if isinstance(error, IndexMissing) else logging.WARNING
            logger.log(level, "The index could not be brought up to date: %s", error)
            return DrainResult(settled, failed + len(rows), error=str(error))
        with transaction.atomic():
            described.save()
            _settle(rows, faults)
        # Answers cached between the commit and now do not include these rows.
        bump_public_version(spaces=())
        settled, failed = settled + len(rows) - len(faults), failed + len(faults)
    return DrainResult(settled, failed)


def is_worker_alive() -> bool:
    """Check that a worker (`manage.py work`) was alive a moment ago.

    A heartbeat from the future was written before the clock was set back; a running worker writes another.
    """
    now = timezone.now()
    return WorkerBeat.objects.filter(seen_at__range=(now - ALIVE_FOR, now + ALIVE_FOR)).exists()


def _drain_after_commit() -> None:
    """Drain the rows unless a worker is running, which drains them soon."""
    if not is_worker_alive():
        drain(rounds=ROUNDS_AFTER_COMMIT)


def _read_rows() -> list[OutboxEntry]:
    """Read the due rows for one batch; split large branches and leave them to the next batches."""
    rows: list[OutboxEntry] = []
    pages = 0
    for row in find_waiting_rows()[:READ_AT_ONCE]:
        if pages >= PAGES_IN_BATCH:
            break
        if row.operation == Operation.TREE and _is_split(row):
            continue
        rows.append(row)
        pages += len(row.pages) or (PAGES_IN_ROW if row.operation == Operation.TREE else 1)
    return rows


def _is_split(row: OutboxEntry) -> bool:
    """Replace the row of a large branch by rows of `PAGES_IN_ROW` pages; leave a small one."""
    ids = list(dict.fromkeys(_pages_of(row)))
    if len(ids) <= PAGES_IN_ROW:
        return False
    with transaction.atomic():
        OutboxEntry.objects.bulk_create(_list_rows(ids))
        row.delete()
    return True


def _list_rows(ids: Iterable[int]) -> list[OutboxEntry]:
    return [
        OutboxEntry(page_id=some[0], operation=Operation.LIST, pages=list(some))
        for some in batched(ids, PAGES_IN_ROW)
    ]


def _apply(described: Descriptions, rows: Sequence[OutboxEntry]) -> dict[int, str]:
    """Put or delete every page of the rows; return the errors by row."""
    faults: dict[int, str] = {}
    done: set[int] = set()
    for row in rows:
        try:
            for ids in batched(_pages_of(row), PAGES_AT_ONCE):
                fresh = [page_id for page_id in ids if page_id not in done]
                described.bring_up_to_date(fresh)
                done.update(fresh)
        except PAGE_FAULTS as error:
            logger.exception("Page %s could not be described for the index", row.page_id)
            faults[row.seq] = f"{type(error).__name__}: {error}"
    return faults


class Descriptions:
    """Builds the documents of groups for a batch, and records them once the batch is committed."""

    def __init__(self, batch: IndexBatch, filled: IndexRebuild | None = None) -> None:
        self._batch = batch
        self._filled = filled
        self._written = GroupRecorder()

    def bring_up_to_date(self, groups: Collection[int]) -> None:
        """Write the current state of these pages to the index, and to the one that is being filled."""
        if self._filled:  # before the batch is written: see `search.indexing.rebuild`
            record_changes(self._filled, groups)
        self._batch.remove(groups)
        self._written.begin(groups)
        for group, documents in iter_group_documents(groups):
            self._batch.put(documents)
            self._written.add(group, documents)

    def save(self) -> None:
        """Record the groups of the committed batch."""
        self._written.save()


def _pages_of(row: OutboxEntry) -> Iterator[int]:
    if row.operation == Operation.LIST:
        yield from row.pages
        return
    yield row.page_id
    if row.operation == Operation.TREE:
        path = Page.objects.filter(pk=row.page_id).values_list("path", flat=True).first()
        for branch in _branches_with_aliases(path) if path else ():
            below = Page.objects.filter(path__startswith=branch).exclude(pk=row.page_id)
            yield from below.values_list("pk", flat=True).iterator(READ_AT_ONCE)


def _branches_with_aliases(path: str) -> list[str]:
    """Return the paths of the branch and of the branches that begin with an alias of one of its pages.

    An alias is public only while its source is.
    """
    found = [path]
    for branch in found:
        aliases = Page.objects.filter(alias_of__path__startswith=branch).values_list("path", flat=True)
        found += [alias for alias in aliases.order_by("path") if not alias.startswith(tuple(found))]
    return found


def _settle(rows: Sequence[OutboxEntry], faults: dict[int, str]) -> None:
    """Delete exactly the rows that were applied; postpone the others, longer each time."""
    OutboxEntry.objects.filter(pk__in=[row.pk for row in rows if row.pk not in faults]).delete()
    for row in rows:
        if row.pk in faults and row.operation == Operation.LIST:
            row.delete()  # each page for itself, so that one that fails holds up no other
            OutboxEntry.objects.bulk_create(OutboxEntry(page_id=page_id) for page_id in row.pages)
        elif row.pk in faults:
            wait = timedelta(seconds=min(2**row.attempts, LONGEST_WAIT))
            OutboxEntry.objects.filter(pk=row.pk).update(
                attempts=F("attempts") + 1, error=faults[row.pk], next_at=timezone.now() + wait
            )
