"""The engine: an alias for the live index, any number of readers, one writer at a time."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from elasticsearch.dsl import Search

from search.engines.base import (
    EngineAnswer,
    EngineError,
    EngineHit,
    EngineUnreachable,
    Health,
    IndexMissing,
)
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.answers import (
    PassageLookup,
    best_passage,
    facets_of,
    hit_of,
    pages_of,
    total_of,
)
from search.engines.elasticsearch.connection import engine_errors
from search.engines.elasticsearch.fields import (
    INDEX_SETTINGS,
    VERSION,
    index_body,
    shards_for,
    unpacked,
)
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.live import Answer, LiveIndex
from search.engines.elasticsearch.writing import (
    ElasticsearchBatch,
    compact,
    creations,
    wait_for_copies,
    write,
)
from search.indexing.schema import Document
from search.query.plan import QueryPlan

FILL_SECONDS = 60.0
FILL_ATTEMPTS = 5
GROUPS_AT_ONCE = 10_000
logger = logging.getLogger(__name__)
COPIES_WAIT = "10s"
WORTH_COMPACTING = 5_000  # passages


class ElasticsearchEngine:
    """`SearchEngine` on the given servers, with the alias `prefix` and indexes `prefix-<nanoseconds>`."""

    name = "elasticsearch"

    def __init__(self, urls: Sequence[str], prefix: str) -> None:
        self._alias = prefix
        self._live = LiveIndex(urls, prefix)

    def index(self, documents: Iterable[Document]) -> None:
        with self.batch() as batch:
            batch.put(documents)

    def delete(self, ids: Collection[int]) -> None:
        with self.batch() as batch:
            batch.remove(ids)

    @contextmanager
    def batch(self) -> Iterator[ElasticsearchBatch]:
        """Collect changes and send them at the end; send nothing if the block raises."""
        self._live.check()
        with self._lease() as lease:
            batch = ElasticsearchBatch()
            yield batch
            lease.renew()
            # Only through the alias: Elasticsearch must not create an index when it is missing.
            for name in (self._alias, *map(_filling_alias, batch.others)):
                write(self._live.servers.writer, name, batch.actions(), lease, require_alias=True)
        self._live.stems.forget()

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index and swap the alias, holding the lease: drains wait and lose nothing."""
        with self._lease() as lease:
            fresh = f"{self._alias}-{time.time_ns()}"
            client = self._live.servers.writer
            try:
                with engine_errors():
                    client.indices.create(index=fresh, **index_body())
                count = write(client, fresh, creations(documents), lease)
                if count >= WORTH_COMPACTING:
                    compact(client, fresh, lease)
                with engine_errors():
                    client.cluster.health(index=fresh, wait_for_status="green", timeout=COPIES_WAIT)
                    lease.renew()
                    self._publish(fresh)
            except BaseException:
                self._remove([fresh])
                raise
        self._live.reset()
        return count

    def create_index(self, passages: int) -> str:
        """Create an index with enough shards, without copies until it is published.

        It is written through an alias that `publish` removes: a late process cannot write to the live index.
        """
        name = f"{self._alias}-{time.time_ns()}"
        body = index_body(shards_for(passages), auto_expand_replicas=False, number_of_replicas=0)
        with engine_errors():
            self._live.servers.writer.indices.create(index=name, aliases={_filling_alias(name): {}}, **body)
        return name

    def is_filling(self, name: str) -> bool:
        with engine_errors():
            found = self._live.servers.writer.indices.get_mapping(
                index=_filling_alias(name), ignore_unavailable=True, filter_path="*.mappings._meta"
            )
        versions = [index["mappings"].get("_meta", {}).get("version") for index in found.values()]
        return versions == [VERSION]

    def fill(self, name: str, documents: Iterable[Document]) -> int:
        """Send the documents; repeat what busy servers did not answer, which changes nothing."""
        batch = ElasticsearchBatch()
        batch.put(documents)
        client = self._live.servers.writer.options(request_timeout=FILL_SECONDS)
        for attempt in range(FILL_ATTEMPTS):
            try:
                return write(client, _filling_alias(name), batch.actions(), None, require_alias=True)
            except EngineUnreachable as error:
                logger.warning("%s is filled again after a failure: %s", name, error)
                time.sleep(2**attempt)
        return write(client, _filling_alias(name), batch.actions(), None, require_alias=True)

    def publish(self, name: str) -> None:
        """Merge and copy the index without a lease, which may take minutes; then swap the alias with it."""
        client = self._live.servers.writer
        with engine_errors():
            client.indices.refresh(index=name)
            count = int(client.count(index=name)["count"])
        if count >= WORTH_COMPACTING:
            compact(client, name)
        copies = {"auto_expand_replicas": INDEX_SETTINGS["auto_expand_replicas"]}
        with engine_errors():
            client.indices.put_settings(index=name, settings={"index": copies})
        wait_for_copies(client, name)
        with self._lease() as lease, engine_errors():
            lease.renew()
            client.indices.refresh(index=name)
            self._publish(name)
        self._live.reset()

    def discard(self, name: str) -> None:
        live = self._live_names()
        self._remove([index for index in self._indexes() if index == name and name not in live])

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Execute a plan in one call: pages scored by their best passage, and the counts."""
        lookup = PassageLookup(queries.match_query(plan), plan.by_date)
        searches = [queries.hits_query(plan, lookup.passage)]
        if plan.count or plan.facets:
            searches.append(queries.counts_query(plan))
        found, *counted = self._live.ask(searches, queries.preference(plan))
        hits = tuple(hit_of(page, lookup) for page in pages_of(found))
        if not counted:
            return EngineAnswer(hits)
        total = total_of(counted[0]) if plan.count else 0
        return EngineAnswer(hits, total, facets_of(counted[0], plan.facets))

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """Return the stored fields of the hits, from their best passage.

        The first window contains them; those of later windows are read now, empty for a deleted page.
        """
        wanted = list(hits)
        by_lookup: dict[int, list[EngineHit]] = {}
        for hit in wanted:
            if isinstance(hit.handle, PassageLookup):
                by_lookup.setdefault(id(hit.handle), []).append(hit)
        answers = self._live.ask([_passages_of(same) for same in by_lookup.values()])
        read: dict[tuple[int, int], str] = {}
        for key, answer in zip(by_lookup, answers, strict=True):
            for page in pages_of(answer):
                read[key, int(page["fields"]["group"][0])] = best_passage(page)[1]
        payloads = (read.get((id(hit.handle), hit.group), hit.handle) for hit in wanted)
        return [unpacked(payload) if isinstance(payload, str) else {} for payload in payloads]

    def known(self, stems: Collection[str]) -> frozenset[str]:
        seen = self._live.stems.of(stems)
        unknown = [stem for stem in stems if stem not in seen]
        answers = self._live.ask([queries.known_query(stem) for stem in unknown])
        held = [stem for stem, answer in zip(unknown, answers, strict=True) if total_of(answer)]
        self._live.stems.add(held)
        return frozenset(seen).union(held)

    def groups(self) -> dict[int, int]:
        marks: dict[int, int] = {}
        search = Search().sort("group")[:GROUPS_AT_ONCE]
        search = search.extra(
            stored_fields="_none_", docvalue_fields=["group", "mark"], track_total_hits=False
        )
        after: dict[str, Any] = {}
        while found := pages_of(self._ask(search.extra(**after))):
            marks.update((hit["fields"]["group"][0], hit["fields"]["mark"][0]) for hit in found)
            after = {"search_after": found[-1]["sort"]}
        return marks

    def count(self) -> int:
        """Return the number of documents (passages)."""
        search = Search()[:0]
        search.aggs.bucket(queries.COUNTED, "sum", field="parts")
        return int(self._ask(search)["aggregations"][queries.COUNTED]["value"])

    def health(self) -> Health:
        """Check whether the servers respond with an index that this program can read."""
        try:
            return Health(True, "ok", self.count())
        except EngineError as error:
            reachable = not isinstance(error, EngineUnreachable)
            return Health(False, f"{type(error).__name__}: {error}", reachable=reachable)

    def drop(self) -> None:
        """Delete all indexes of this engine: for scratch engines."""
        self._remove([*self._indexes(), self._lease_index])

    def _ask(self, search: Search) -> Answer:
        (answer,) = self._live.ask([search])
        return answer

    # --- Writing

    @property
    def _lease_index(self) -> str:
        return f"{self._alias}-writer"

    @contextmanager
    def _lease(self) -> Iterator[Lease]:
        lease = Lease(self._live.servers, self._lease_index)
        lease.acquire()
        try:
            yield lease
        finally:
            lease.release()

    def _publish(self, fresh: str) -> None:
        """Point the alias at a finished index in one step, then delete the others."""
        others = [name for name in self._indexes() if name != fresh]
        actions: list[dict[str, Any]] = [{"add": {"index": fresh, "alias": self._alias}}]
        actions += [{"remove": {"index": name, "alias": self._alias, "must_exist": False}} for name in others]
        actions.append({"remove": {"index": fresh, "alias": _filling_alias(fresh), "must_exist": False}})
        self._live.servers.writer.indices.update_aliases(actions=actions)
        self._remove(others)

    def _live_names(self) -> frozenset[str]:
        try:
            with engine_errors():
                return frozenset(self._live.servers.writer.indices.get_alias(name=self._alias))
        except IndexMissing:
            return frozenset()

    def _indexes(self) -> list[str]:
        with engine_errors():
            found = self._live.servers.writer.indices.get_alias(index=f"{self._alias}-*")
        own = re.compile(re.escape(self._alias) + r"-\d+")
        return sorted(name for name in found if own.fullmatch(name))

    def _remove(self, names: Sequence[str]) -> None:
        if names:
            with engine_errors():
                self._live.servers.writer.indices.delete(index=list(names), ignore_unavailable=True)


def _filling_alias(name: str) -> str:
    return f"{name}-filling"


def _passages_of(hits: Sequence[EngineHit]) -> Search:
    lookup: PassageLookup = hits[0].handle
    return queries.passages_query(lookup.passage, [hit.group for hit in hits], lookup.by_date)
