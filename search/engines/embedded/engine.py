"""The engine: one folder, any number of reading processes, one writer at a time.

Each process opens its own reader, because one opened before a fork never refreshes, and checks the timestamp
of the files before each query.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from tantivy import Index, Query, Searcher

from search.engines.base import EngineAnswer, EngineError, EngineHit, Health, IndexBroken, IndexMissing
from search.engines.embedded.counting import count_groups, groups_holding
from search.engines.embedded.fields import PAYLOAD, SCHEMA, VERSION
from search.engines.embedded.queries import read_hits
from search.engines.embedded.writing import (
    BATCH_MEMORY,
    REBUILD_MEMORY,
    TantivyBatch,
    build,
    engine_errors,
    writing,
)
from search.indexing.schema import Document
from search.query.plan import QueryPlan

from .folder import IndexFolder


@dataclass(slots=True)
class _Reader:
    """An index opened by this process, and the stamp of the commit that it reads."""

    process: int
    generation: str
    stamp: tuple[int, int, int]
    index: Index


class EmbeddedEngine:
    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder, VERSION)
        self._reader: _Reader | None = None
        self._guard = Lock()

    def index(self, documents: Iterable[Document]) -> None:
        with self.batch() as batch:
            batch.put(documents)

    def delete(self, ids: Collection[int]) -> None:
        with self.batch() as batch:
            batch.remove(ids)

    @contextmanager
    def batch(self) -> Iterator[TantivyBatch]:
        """Take the writer lock for one commit; write nothing if the block raises."""
        with self._folder.lock():
            generation = self._folder.current()
            self._folder.check_version(generation)
            with engine_errors():
                index = Index.open(str(self._folder.path / generation))
            with writing(index, BATCH_MEMORY) as writer, ExitStack() as others:
                yield TantivyBatch(writer, lambda name: others.enter_context(self._filling(name)))

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new generation and swap the pointer, holding the lock: drains wait and lose nothing."""
        with self._folder.lock():
            generation = self._folder.new_generation()
            try:
                count = build(generation, documents)
                self._folder.publish(generation)
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise
        return count

    def create_index(self, passages: int) -> str:
        generation = self._folder.new_generation()
        with engine_errors():
            Index(SCHEMA, path=str(generation))
        self._folder.write_version(generation)
        return generation.name

    def is_filling(self, name: str) -> bool:
        return self._folder.is_filling(name)

    def fill(self, name: str, documents: Iterable[Document]) -> int:
        """Build the documents first, then wait for the only writer of the new index."""
        given = list(documents)
        with self._filling(name, REBUILD_MEMORY) as batch:
            batch.put(given)
        return len(given)

    def publish(self, name: str) -> None:
        with self._folder.lock(), self._folder.filling(name) as generation:
            self._folder.publish(generation)

    def discard(self, name: str) -> None:
        self._folder.discard(name)

    @contextmanager
    def _filling(self, name: str, memory: int = BATCH_MEMORY) -> Iterator[TantivyBatch]:
        with self._folder.filling(name) as generation:
            with engine_errors():
                index = Index.open(str(generation))
            with writing(index, memory) as writer:
                yield TantivyBatch(writer)

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Execute a plan on one snapshot of the index."""
        searcher = self._searcher()
        with engine_errors():
            hits = read_hits(searcher, plan) if plan.limit else ()
            total, facets = count_groups(searcher, plan) if plan.count or plan.facets else (0, {})
            if plan.minimum is None:
                return EngineAnswer(hits, total, facets)
            held = groups_holding(searcher, plan.minimum, {hit.group for hit in hits})
        enough = tuple(hit for hit in hits if hit.group in held)
        return EngineAnswer(enough, total, facets, dropped=len(hits) - len(enough))

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """Return the stored fields of the hits; only these are decompressed."""
        found: list[Mapping[str, str]] = []
        for hit in hits:
            searcher, address = hit.handle
            with engine_errors():
                found.append(json.loads(bytes(searcher.doc(address).get_first(PAYLOAD))))
        return found

    def known(self, stems: Collection[str]) -> frozenset[str]:
        searcher = self._searcher()
        with engine_errors():
            return frozenset(
                s for s in stems if searcher.doc_freq("text", s) or searcher.doc_freq("plain", s)
            )

    def groups(self) -> dict[int, int]:
        searcher = self._searcher()
        marks: Counter[int] = Counter()
        with engine_errors():
            found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits
            addresses = [address for _, address in found]
            numbers = (searcher.fast_field_values(name, addresses) for name in ("group", "mark"))
            for group, mark in zip(*numbers, strict=True):
                marks[int(group)] += int(mark)
        return dict(marks)

    def count(self) -> int:
        return int(self._searcher().num_docs)

    def health(self) -> Health:
        """Return whether the index can be read."""
        try:
            return Health(True, "ok", self.count())
        except EngineError as error:
            return Health(False, f"{type(error).__name__}: {error}")

    def _searcher(self) -> Searcher:
        with self._guard:
            try:
                return self._fresh().index.searcher()
            except (IndexMissing, IndexBroken):
                self._reader = None  # a rebuild may have swapped the folder in between
                return self._fresh().index.searcher()

    def _fresh(self) -> _Reader:
        generation = self._folder.current()
        path = self._folder.path / generation
        with engine_errors():
            found = os.stat(path / "meta.json")
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        reader = self._reader
        if reader is None or (reader.process, reader.generation) != (os.getpid(), generation):
            self._folder.check_version(generation)
            with engine_errors():
                index = Index.open(str(path))
                index.config_reader("manual")
            reader = self._reader = _Reader(os.getpid(), generation, stamp, index)
        elif reader.stamp != stamp:
            with engine_errors():
                reader.index.reload()
            reader.stamp = stamp
        return reader
