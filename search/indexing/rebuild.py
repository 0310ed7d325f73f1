"""Rebuild the index of the portal in slices, beside the live one, while changes are written to both.

Any number of processes take slices of pages; a slice is a row in the database, so a rebuild that was killed
continues where it ended. No process has the writer's lock while it fills; a drain records which pages it
changes before it writes them to both indexes. A slice may have read such a page before and written it after:
so its changed pages are written again, with the lock, when the slice is filled. Changes recorded later come
after everything that the slice wrote.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from itertools import batched, chain, pairwise

from django.db import IntegrityError, connections, transaction
from django.db.models import Q
from django.utils import timezone

from pages.core.cache import bump_public_version
from search.engines.base import EngineBusy, EngineError, IndexMissing, SearchEngine
from search.models import IndexRebuild, OutboxEntry, RebuildSlice

from .documents import iter_group_documents, list_indexable_groups, list_indexable_groups_between
from .outbox import PAGE_FAULTS, Descriptions, drain, find_dead_letters
from .process_names import get_process_name, is_process_dead
from .rebuild_state import find_running_rebuild
from .recorder import GroupRecorder
from .schema import Document
from .words import forget_other_groups

logger = logging.getLogger(__name__)

PAGES_IN_SLICE = 500
END = 2**62  # above every group
HELD_FOR = timedelta(minutes=10)
PATIENCE_SECONDS = 120.0  # for the writer's lock
PAUSE_SECONDS = 0.2
PASSAGES_OF_A_PAGE = 6  # where no index says how many there are
ROWS_AT_ONCE = 500


def rebuild(engine: SearchEngine, processes: int = 1, restart: bool = False) -> int:
    """Build a new index, or continue an interrupted build; return its number of documents.

    It settles the outbox rows written before the first page was read, dead letters included.
    """
    if restart:
        abandon(engine)
    started = timezone.now()
    settled = list(OutboxEntry.objects.values_list("pk", flat=True))
    run, is_new = _start_or_resume(engine)
    _fill_in_processes(engine, run, processes)
    _publish(engine, run)
    if is_new:
        for pks in batched(settled, ROWS_AT_ONCE):
            OutboxEntry.objects.filter(pk__in=pks).delete()
    forget_other_groups(list_indexable_groups())
    find_dead_letters().filter(created_at__lt=min(started, run.started_at)).delete()
    drain(engine)
    bump_public_version(spaces=())
    return engine.count()


def abandon(engine: SearchEngine) -> None:
    """Delete an interrupted rebuild with its index."""
    for run in IndexRebuild.objects.filter(engine=engine.name):
        engine.discard(run.index)
        run.delete()


def _start_or_resume(engine: SearchEngine) -> tuple[IndexRebuild, bool]:
    run = find_running_rebuild(engine)
    if run is None:
        abandon(engine)  # it was published, or made by another version of the program
        return _start(engine), True
    _free_slices_of_the_dead(run)
    return run, False


def _free_slices_of_the_dead(run: IndexRebuild) -> None:
    for holder in set(run.slices.exclude(holder="").values_list("holder", flat=True)):
        if is_process_dead(holder):
            run.slices.filter(holder=holder).update(holder="", held_until=None)


def _start(engine: SearchEngine) -> IndexRebuild:
    """Create the new index and its slices; where another process does the same, join it."""
    groups = sorted(list_indexable_groups())
    borders = [0, *groups[PAGES_IN_SLICE::PAGES_IN_SLICE], END]
    name = engine.create_index(_estimate_passages(engine, len(groups)))
    try:
        with transaction.atomic():
            run = IndexRebuild.objects.create(engine=engine.name, index=name)
            RebuildSlice.objects.bulk_create(
                RebuildSlice(rebuild=run, first=first, until=until) for first, until in pairwise(borders)
            )
    except IntegrityError:
        engine.discard(name)
        return IndexRebuild.objects.get(engine=engine.name)
    except BaseException:
        engine.discard(name)
        raise
    return run


def _estimate_passages(engine: SearchEngine, pages: int) -> int:
    """Estimate the number of passages of so many pages, by the mean of the live index if there is one."""
    try:
        held = len(engine.groups())
        return -(-pages * engine.count() // held) if held else pages * PASSAGES_OF_A_PAGE
    except EngineError:
        return pages * PASSAGES_OF_A_PAGE


def _fill_in_processes(engine: SearchEngine, run: IndexRebuild, processes: int) -> None:
    """Fill every slice with this and more processes; take over the slices of processes that end early."""
    context = multiprocessing.get_context("fork")
    others = []
    if processes > 1:
        connections.close_all()
        others = [context.Process(target=fill_slices, args=(engine, run.pk)) for _ in range(processes - 1)]
    for process in others:
        process.start()
    fill_slices(engine, run.pk)
    for process in others:
        process.join()
    while run.slices.filter(is_done=False).exists():
        _free_slices_of_the_dead(run)
        fill_slices(engine, run.pk)
        if run.slices.filter(is_done=False).exists():
            time.sleep(PAUSE_SECONDS)


def fill_slices(engine: SearchEngine, run_id: int) -> None:
    """Fill free slices until there are none."""
    run = IndexRebuild.objects.get(pk=run_id)
    while (taken := _take_slice(run)) is not None:
        _fill(engine, run, taken)
        logger.info("%s: filled %s", run.index, taken)


def _take_slice(run: IndexRebuild) -> RebuildSlice | None:
    now = timezone.now()
    is_free = Q(is_done=False) & (Q(held_until__isnull=True) | Q(held_until__lt=now))
    while (found := run.slices.filter(is_free).first()) is not None:
        mine = run.slices.filter(is_free, pk=found.pk)
        if mine.update(holder=get_process_name(), held_until=now + HELD_FOR):
            return found
    return None


def _fill(engine: SearchEngine, run: IndexRebuild, taken: RebuildSlice) -> None:
    written = GroupRecorder()
    groups = list_indexable_groups_between(taken.first, taken.until)
    described = _describe(groups, written)
    engine.fill(run.index, chain.from_iterable(described))
    written.save()
    _write_changes_again(engine, run, taken)
    run.slices.filter(pk=taken.pk).update(is_done=True, holder="", held_until=None)


def _describe(groups: Sequence[int], written: GroupRecorder) -> Iterator[list[Document]]:
    """Yield the documents of each page. One that fails goes to the outbox, which tries again."""
    written.begin(groups)
    try:
        found = list(iter_group_documents(groups))
    except PAGE_FAULTS:
        found = [one for group in groups for one in _describe_alone(group)]
    for group, documents in found:
        written.add(group, documents)
        yield documents


def _describe_alone(group: int) -> list[tuple[int, list[Document]]]:
    try:
        return list(iter_group_documents([group]))
    except PAGE_FAULTS:
        logger.exception("Page %s could not be described for the index", group)
        OutboxEntry.objects.create(page_id=group)
        return []


def _write_changes_again(engine: SearchEngine, run: IndexRebuild, taken: RebuildSlice) -> None:
    """Write again the pages of a filled slice that changed meanwhile."""
    changed = run.changes.filter(group__gte=taken.first, group__lt=taken.until)
    groups = list(changed.values_list("group", flat=True).distinct())
    if groups:
        with ExitStack() as stack:
            batch = _wait_while_busy(lambda: stack.enter_context(engine.batch()))
            batch.also_write_to(run.index)
            described = Descriptions(batch)
            _bring_up_to_date(described, groups)
        described.save()


def _bring_up_to_date(described: Descriptions, groups: Collection[int]) -> None:
    for group in groups:
        try:
            described.bring_up_to_date([group])
        except PAGE_FAULTS:
            logger.exception("Page %s could not be described for the index", group)
            OutboxEntry.objects.create(page_id=group)


def _publish(engine: SearchEngine, run: IndexRebuild) -> None:
    """Publish the filled index, unless another process did."""
    try:
        _wait_while_busy(lambda: engine.publish(run.index))
    except IndexMissing:
        if IndexRebuild.objects.filter(pk=run.pk).exists():
            raise
    IndexRebuild.objects.filter(pk=run.pk).delete()


def _wait_while_busy[Result](action: Callable[[], Result]) -> Result:
    """Return the result of an action that needs the writer's lock; wait while another process writes."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except EngineBusy:
            if time.monotonic() > ends:
                raise
        time.sleep(PAUSE_SECONDS)
