"""Collect changes, send them together at the end, and refresh once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.base import IndexBroken, IndexMissing
from search.engines.elasticsearch.connection import engine_errors
from search.engines.elasticsearch.fields import native
from search.engines.elasticsearch.lease import Lease
from search.indexing.schema import Document

PAGES_AT_ONCE = 200
BYTES_AT_ONCE = 5_000_000
COPIES_SECONDS = 900
COMPACT_SECONDS = 20.0  # per wait: less than half a lease

logger = logging.getLogger(__name__)

Action = dict[str, Any]


class ElasticsearchBatch:
    """The changes of one batch: the final state of each page."""

    def __init__(self) -> None:
        self._pages: dict[int, list[Document]] = {}
        self.others: list[str] = []

    def also_write_to(self, name: str) -> None:
        self.others.append(name)

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._pages.setdefault(document.group, []).append(document)

    def remove(self, groups: Iterable[int]) -> None:
        for group in groups:
            self._pages[group] = []

    def actions(self) -> Iterator[Action]:
        """Yield one action per page."""
        for group, documents in self._pages.items():
            if documents:
                yield {"_op_type": "index", "_id": str(group), **native(documents)}
            else:
                yield {"_op_type": "delete", "_id": str(group)}


def creations(documents: Iterable[Document]) -> Iterator[Action]:
    """Yield one action per page of a new index; the passages of a page must be consecutive."""
    for group, passages in groupby(documents, key=attrgetter("group")):
        yield {"_op_type": "create", "_id": str(group), **native(list(passages))}


def write(
    client: Elasticsearch, index: str, actions: Iterable[Action], lease: Lease | None, **options: Any
) -> int:
    """Send the changes while the lease is held, then refresh; return how many passages were written.

    Without a lease the index is not live: it is refreshed once, before it is published.
    """
    passages = 0

    def counted() -> Iterator[Action]:
        nonlocal passages
        for action in actions:
            if lease:
                lease.renew()
            passages += len(action.get("passages", ()))
            yield action

    sent = streaming_bulk(
        client,
        counted(),
        index=index,
        chunk_size=PAGES_AT_ONCE,
        max_chunk_bytes=BYTES_AT_ONCE,
        raise_on_error=False,
        max_retries=0,
        **options,
    )
    with engine_errors():
        for done, answer in sent:
            if not done:
                _check(answer)
        if lease:
            client.indices.refresh(index=index)
    return passages


def compact(client: Elasticsearch, index: str, lease: Lease | None = None) -> None:
    """Merge a new index into one segment: a third of the size, and one lookup per word.

    It may take minutes. The servers continue after a timeout, and the next call waits for the same merge.
    """
    patient = client.options(request_timeout=COMPACT_SECONDS)
    done = False
    with engine_errors():
        while not done:
            if lease:
                lease.renew()
            try:
                patient.indices.forcemerge(index=index, max_num_segments=1)
                done = True
            except ConnectionTimeout:
                logger.debug("%s is still being compacted", index)


def wait_for_copies(client: Elasticsearch, index: str) -> None:
    """Wait until the index has its copies; they take minutes, and without them it answers all the same."""
    ends = time.monotonic() + COPIES_SECONDS
    while time.monotonic() < ends:
        found = client.options(ignore_status=408).cluster.health(
            index=index, wait_for_status="green", timeout="10s"
        )
        if found["status"] == "green":
            return
    logger.warning("%s still has no copies on other servers", index)


def _check(answer: dict[str, dict[str, Any]]) -> None:
    """Raise the error of a refused change; a page that is already deleted is no error."""
    ((operation, result),) = answer.items()
    if operation == "delete" and result.get("result") == "not_found":
        return
    error = result.get("error")
    if isinstance(error, dict) and error.get("type") == "index_not_found_exception":
        raise IndexMissing(f"{error.get('reason')}"[:300])
    raise IndexBroken(f"page {result.get('_id')} was refused: {str(result.get('error'))[:300]}")
