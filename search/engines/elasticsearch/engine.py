"""The engine itself: an alias that names the live index, any number of readers, one writer at a time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.query import Query

from search.engines.base import (
    EngineAnswer,
    EngineError,
    EngineHit,
    EngineUnreachable,
    Health,
    IndexBroken,
    IndexMissing,
    IndexOutdated,
)
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.connection import Connection, connection, faults
from search.engines.elasticsearch.fields import PASSAGES, PAYLOAD, VERSION, index_body
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.writing import ElasticsearchBatch, creations, write
from search.plan import Filters, QueryPlan
from search.schema import Document

VERSION_SECONDS = 5.0  # how long the version of the live index is taken for granted by a reader
GROUPS_AT_ONCE = 10_000
COPIES_WAIT = "10s"


@dataclass(frozen=True, slots=True)
class _Found:
    """The way from a hit to its best passage: the question that found it."""

    passage: Query
    by_date: bool


class ElasticsearchEngine:
    """`SearchEngine` on the servers given: the alias `prefix` and its indexes `prefix-<nanoseconds>`."""

    name = "elasticsearch"

    def __init__(self, urls: Sequence[str], prefix: str) -> None:
        self._urls = urls
        self._alias = prefix
        self._checked_until = 0.0

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those of the same groups."""
        with self.batch() as batch:
            batch.put(documents)

    def delete(self, ids: Collection[int]) -> None:
        """Take out the groups given."""
        with self.batch() as batch:
            batch.remove(ids)

    @contextmanager
    def batch(self) -> Iterator[ElasticsearchBatch]:
        """Gather changes and send them at the end; nothing is sent when the block raises."""
        self._check_version()
        with self._lease() as lease:
            batch = ElasticsearchBatch()
            yield batch
            lease.keep()
            # Through the alias, and only there: a missing one must not become an index by itself.
            write(self._servers.writer, self._alias, batch.actions(), lease, require_alias=True)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index and swap the alias. The lease is held, so drains wait and lose nothing."""
        with self._lease() as lease:
            fresh = f"{self._alias}-{time.time_ns()}"
            client = self._servers.writer
            try:
                with faults():
                    client.indices.create(index=fresh, **index_body())
                count = write(client, fresh, creations(documents), lease)
                with faults():
                    client.cluster.health(index=fresh, wait_for_status="green", timeout=COPIES_WAIT)
                    lease.keep()
                    self._publish(fresh)
            except BaseException:
                self._remove([fresh])
                raise
        self._checked_until = 0.0
        return count

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Carry out a plan: pages, each with the score of its best passage."""
        passage = queries.match_query(plan)
        answer = self._ask(queries.search_of(plan, passage), queries.preference(plan))
        handle = _Found(passage, plan.by_date)
        hits = tuple(_hit(hit, handle) for hit in answer["hits"]["hits"])
        total = answer["hits"]["total"]["value"] if plan.count else 0
        facets = {name: _counts(answer["aggregations"][name]) for name in plan.facets}
        return EngineAnswer(hits, total, facets)

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """The stored fields of the hits to show, by their best passage; empty for a page just removed."""
        wanted = list(hits)
        asked: dict[int, list[EngineHit]] = {}
        for hit in wanted:
            asked.setdefault(id(hit.handle), []).append(hit)
        searches = [_passages_of(alike) for alike in asked.values()]
        found: dict[tuple[int, int], Mapping[str, str]] = {}
        for key, answer in zip(asked, self._ask_many(searches), strict=True):
            for page in answer["hits"]["hits"]:
                found[key, int(page["_id"])] = _payload(page)
        return [found.get((id(hit.handle), hit.group), {}) for hit in wanted]

    def known(self, stems: Collection[str]) -> frozenset[str]:
        """Those of the stems that some document holds."""
        asked = list(stems)
        answers = self._ask_many([queries.known_query(stem) for stem in asked])
        return frozenset(
            stem for stem, answer in zip(asked, answers, strict=True) if answer["hits"]["total"]["value"]
        )

    def suggest(self, prefix: str, filters: Filters = (), limit: int = 8) -> list[tuple[str, int]]:
        """Folded words that start with the prefix, most frequent first."""
        answer = self._ask(queries.suggest_query(prefix, filters, limit))
        counted = answer["aggregations"][PASSAGES][queries.COUNTED][queries.WORDS]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in counted]

    def groups(self) -> dict[int, int]:
        """Every group with its fingerprint, for comparing with the database."""
        marks: dict[int, int] = {}
        search = Search().sort("group")[:GROUPS_AT_ONCE]
        search = search.extra(
            stored_fields="_none_", docvalue_fields=["group", "mark"], track_total_hits=False
        )
        after: dict[str, Any] = {}
        while found := self._ask(search.extra(**after))["hits"]["hits"]:
            marks.update((hit["fields"]["group"][0], hit["fields"]["mark"][0]) for hit in found)
            after = {"search_after": found[-1]["sort"]}
        return marks

    def count(self) -> int:
        """How many documents (passages) there are."""
        search = Search()[:0]
        search.aggs.bucket(queries.COUNTED, "sum", field="parts")
        return int(self._ask(search)["aggregations"][queries.COUNTED]["value"])

    def health(self) -> Health:
        """Whether the servers answer, and with an index that this program can read."""
        try:
            return Health(True, "ok", self.count())
        except EngineError as error:
            reachable = not isinstance(error, EngineUnreachable)
            return Health(False, f"{type(error).__name__}: {error}", reachable=reachable)

    def drop(self) -> None:
        """Remove everything that this engine keeps: for indexes of a moment."""
        self._remove([*self._indexes(), self._lease_index])

    @property
    def _servers(self) -> Connection:
        return connection(self._urls)

    # --- Asking

    def _ask(self, search: Search, preference: str = "pages") -> dict[str, Any]:
        def question() -> dict[str, Any]:
            with self._servers.asking() as client:
                asked = search.using(client).index(self._alias).params(preference=preference)
                return dict(asked.execute().to_dict())

        return self._answered(question)

    def _ask_many(self, searches: Sequence[Search]) -> list[dict[str, Any]]:
        def question() -> list[dict[str, Any]]:
            with self._servers.asking() as client:
                together = MultiSearch(using=client, index=self._alias)
                for search in searches:
                    together = together.add(search)
                return [answer.to_dict() for answer in together.execute()]

        return self._answered(question) if searches else []

    def _answered[Answer](self, question: Callable[[], Answer]) -> Answer:
        """The answer of the live index; asked again when a rebuild took it away between two looks.

        An index that goes in the middle of a question is missing, or its servers refuse to say. Servers that
        do not answer at all are not asked again: `Connection.asking` lets them rest.
        """
        if time.monotonic() > self._checked_until:
            self._check_version()
        try:
            return question()
        except (IndexMissing, EngineUnreachable):
            self._check_version()
            return question()

    def _check_version(self) -> None:
        """Raise `IndexOutdated` unless the live index was made by this version of the program."""
        with self._servers.asking() as client:
            # Of the server asked: while a cluster chooses a new master, nobody else could say.
            found = client.indices.get_mapping(index=self._alias, local=True)
        versions = [index["mappings"].get("_meta", {}).get("version") for index in found.values()]
        if versions != [VERSION]:
            self._checked_until = 0.0
            raise IndexOutdated(f"the index was built with {versions}, this program needs {VERSION}")
        self._checked_until = time.monotonic() + VERSION_SECONDS

    # --- Writing

    @property
    def _lease_index(self) -> str:
        return f"{self._alias}-writer"

    @contextmanager
    def _lease(self) -> Iterator[Lease]:
        lease = Lease(self._servers, self._lease_index)
        lease.take()
        try:
            yield lease
        finally:
            lease.give_back()

    def _publish(self, fresh: str) -> None:
        """Point the alias at a finished index, in one step, then remove the others."""
        others = [name for name in self._indexes() if name != fresh]
        actions: list[dict[str, Any]] = [{"add": {"index": fresh, "alias": self._alias}}]
        actions += [{"remove": {"index": name, "alias": self._alias, "must_exist": False}} for name in others]
        self._servers.writer.indices.update_aliases(actions=actions)
        self._remove(others)

    def _indexes(self) -> list[str]:
        with faults():
            found = self._servers.writer.indices.get_alias(index=f"{self._alias}-*")
        own = re.compile(re.escape(self._alias) + r"-\d+")
        return sorted(name for name in found if own.fullmatch(name))

    def _remove(self, names: Sequence[str]) -> None:
        if names:
            with faults():
                self._servers.writer.indices.delete(index=list(names), ignore_unavailable=True)


def _hit(hit: Mapping[str, Any], handle: _Found) -> EngineHit:
    fields = hit["fields"]
    return EngineHit(int(fields["group"][0]), 0, int(fields["date"][0]), float(hit["_score"] or 0), handle)


def _counts(counted: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    found = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted[queries.COUNTED]["buckets"])
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _passages_of(hits: Sequence[EngineHit]) -> Search:
    handle: _Found = hits[0].handle
    return queries.passages_query(handle.passage, [hit.group for hit in hits], handle.by_date)


def _payload(page: Mapping[str, Any]) -> Mapping[str, str]:
    for best in page["inner_hits"][PASSAGES]["hits"]["hits"]:
        told: dict[str, str] = json.loads(best["fields"][f"{PASSAGES}.{PAYLOAD}"][0])
        return told
    raise IndexBroken(f"page {page['_id']} has no passage to show")
