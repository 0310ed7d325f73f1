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
from django.db.models import F, QuerySet
from django.utils import timezone
from wagtail.models import Page

from pages.core.cache import bump_public_version
from search.engines import get_engine
from search.engines.base import Batch, EngineBusy, EngineError, IndexMissing, SearchEngine
from search.models import Operation, OutboxEntry

from .documents import documents_of_groups

logger = logging.getLogger(__name__)

READ_AT_ONCE = 200
PAGES_AT_ONCE = 100
ROUNDS_AFTER_COMMIT = 5
MAX_ATTEMPTS = 10
LONGEST_WAIT = 3600  # seconds
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
    rows = [OutboxEntry(page_id=page_id, operation=operation) for page_id in dict.fromkeys(page_ids)]
    if rows:
        OutboxEntry.objects.bulk_create(rows)
        transaction.on_commit(_drain_after_commit, robust=True)


def waiting() -> QuerySet[OutboxEntry]:
    """Return the rows that are due."""
    return OutboxEntry.objects.filter(next_at__lte=timezone.now(), attempts__lt=MAX_ATTEMPTS)


def dead_letters() -> QuerySet[OutboxEntry]:
    """Return the rows given up: `search check` reports them, `search rebuild` deletes them."""
    return OutboxEntry.objects.filter(attempts__gte=MAX_ATTEMPTS)


def drain(engine: SearchEngine | None = None, rounds: int = 1_000) -> DrainResult:
    """Apply the due rows to the index, unless another process is doing it."""
    engine = engine or get_engine()
    settled = failed = 0
    for _ in range(rounds):
        rows: list[OutboxEntry] = []
        if not waiting().exists():
            break
        try:
            with engine.batch() as batch:
                rows = list(waiting()[:READ_AT_ONCE])
                faults = _apply(batch, rows)
        except EngineBusy:
            return DrainResult(settled, failed, busy=True)
        except EngineError as error:
            # Before the first rebuild there is nothing to warn of: it reads every page.
            level = logging.DEBUG if isinstance(error, IndexMissing) else logging.WARNING
            logger.log(level, "The index could not be brought up to date: %s", error)
            return DrainResult(settled, failed + len(rows), error=str(error))
        _settle(rows, faults)
        # Answers cached between the commit and now do not include these rows.
        bump_public_version(spaces=())
        settled, failed = settled + len(rows) - len(faults), failed + len(faults)
    return DrainResult(settled, failed)


def _drain_after_commit() -> None:
    drain(rounds=ROUNDS_AFTER_COMMIT)


def _apply(batch: Batch, rows: Sequence[OutboxEntry]) -> dict[int, str]:
    """Put or delete every page of the rows; return the errors by row."""
    faults: dict[int, str] = {}
    done: set[int] = set()
    for row in rows:
        try:
            for ids in batched(_pages_of(row), PAGES_AT_ONCE):
                fresh = [page_id for page_id in ids if page_id not in done]
                _bring_up_to_date(batch, fresh)
                done.update(fresh)
        except PAGE_FAULTS as error:
            logger.exception("Page %s could not be described for the index", row.page_id)
            faults[row.seq] = f"{type(error).__name__}: {error}"
    return faults


def _bring_up_to_date(batch: Batch, groups: Collection[int]) -> None:
    batch.remove(groups)
    for _group, documents in documents_of_groups(groups):
        batch.put(documents)


def _pages_of(row: OutboxEntry) -> Iterator[int]:
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
        if row.pk in faults:
            wait = timedelta(seconds=min(2**row.attempts, LONGEST_WAIT))
            OutboxEntry.objects.filter(pk=row.pk).update(
                attempts=F("attempts") + 1, error=faults[row.pk], next_at=timezone.now() + wait
            )
