"""An engine that falls back to a second one while the first is unreachable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from search.indexing.schema import Document
from search.query.plan import QueryPlan

from .base import EngineAnswer, EngineError, EngineHit, EngineUnreachable, Health, IndexBatch, SearchEngine

logger = logging.getLogger(__name__)


class _RecordedBatch:
    """A batch that records its changes, to repeat them on another engine."""

    def __init__(self, batch: IndexBatch) -> None:
        self._batch = batch
        self._done: list[tuple[list[Document], list[int]]] = []

    def put(self, documents: Iterable[Document]) -> None:
        given = list(documents)
        self._done.append((given, []))
        self._batch.put(given)

    def remove(self, groups: Iterable[int]) -> None:
        given = list(groups)
        self._done.append(([], given))
        self._batch.remove(given)

    def also_write_to(self, name: str) -> None:
        self._batch.also_write_to(name)

    def repeat(self, batch: IndexBatch) -> None:
        """Apply the recorded changes to another batch."""
        for documents, groups in self._done:
            batch.remove(groups)
            batch.put(documents)


class FallbackEngine:
    """`SearchEngine` that writes to the main engine and queries the fallback while the main is unreachable.

    The fallback index (on this machine, built with `search rebuild --engine embedded`) receives the changes
    that this machine writes and may be behind. It may lack a page, but shows none that is no longer public:
    every answer is checked against the database. Its answers are marked as `from_fallback`.
    """

    def __init__(self, main: SearchEngine, fallback: SearchEngine) -> None:
        self.name = main.name
        self._main = main
        self._fallback = fallback

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Execute a plan on the first engine that can be reached."""

        def search(engine: SearchEngine) -> EngineAnswer:
            answer = engine.search(plan)
            hits = tuple(replace(hit, handle=(engine, hit)) for hit in answer.hits)
            return replace(answer, hits=hits, from_fallback=engine is self._fallback)

        return self._with_fallback(search)

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """Return the stored fields of the hits, each from its own engine; empty for deleted documents."""
        wanted = list(hits)
        found: dict[int, Mapping[str, str]] = {}
        for engine in (self._main, self._fallback):
            places = [place for place, hit in enumerate(wanted) if hit.handle[0] is engine]
            if places:
                fields = engine.stored([wanted[place].handle[1] for place in places])
                found.update(zip(places, fields, strict=True))
        return [found[place] for place in range(len(wanted))]

    def known(self, stems: Collection[str]) -> frozenset[str]:
        return self._with_fallback(lambda engine: engine.known(stems))

    def index(self, documents: Iterable[Document]) -> None:
        self._main.index(documents)

    def delete(self, ids: Collection[int]) -> None:
        self._main.delete(ids)

    @contextmanager
    def batch(self) -> Iterator[IndexBatch]:
        """Write to the main engine, then to the fallback if it can be written."""
        with self._main.batch() as batch:
            recorded = _RecordedBatch(batch)
            yield recorded
        try:
            with self._fallback.batch() as behind:
                recorded.repeat(behind)
        except EngineError as error:
            logger.debug("The fallback index was not brought up to date: %s", error)

    def rebuild(self, documents: Iterable[Document]) -> int:
        return self._main.rebuild(documents)

    def create_index(self, passages: int) -> str:
        return self._main.create_index(passages)

    def is_filling(self, name: str) -> bool:
        return self._main.is_filling(name)

    def fill(self, name: str, documents: Iterable[Document]) -> int:
        return self._main.fill(name, documents)

    def publish(self, name: str) -> None:
        self._main.publish(name)

    def discard(self, name: str) -> None:
        self._main.discard(name)

    def groups(self) -> dict[int, int]:
        return self._main.groups()

    def count(self) -> int:
        return self._with_fallback(lambda engine: engine.count())

    def health(self) -> Health:
        return self._main.health()

    def _with_fallback[Answer](self, question: Callable[[SearchEngine], Answer]) -> Answer:
        try:
            return question(self._main)
        except EngineUnreachable as error:
            logger.debug("%s cannot be reached, %s answers: %s", self.name, self._fallback.name, error)
            return question(self._fallback)
