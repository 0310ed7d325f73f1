"""Two engines as one: the second answers the public's questions while the first cannot be reached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from search.indexing.schema import Document
from search.query.plan import Filters, QueryPlan

from .base import Batch, EngineAnswer, EngineError, EngineHit, EngineUnreachable, Health, SearchEngine

logger = logging.getLogger(__name__)


class _Followed:
    """A batch that can be repeated on another engine."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._done: list[tuple[list[Document], list[int]]] = []

    def put(self, documents: Iterable[Document]) -> None:
        """Replace every passage of the groups these documents belong to."""
        given = list(documents)
        self._done.append((given, []))
        self._batch.put(given)

    def remove(self, groups: Iterable[int]) -> None:
        """Take out every passage of these groups."""
        given = list(groups)
        self._done.append(([], given))
        self._batch.remove(given)

    def repeat(self, batch: Batch) -> None:
        """Do the same to another batch."""
        for documents, groups in self._done:
            batch.remove(groups)
            batch.put(documents)


class FallbackEngine:
    """`SearchEngine` that writes to one engine and, while it is unreachable, asks another.

    The spare's index (of this machine, made by `search rebuild --engine embedded`) follows the changes that
    this machine writes, and may be older. It may miss a page; what is no longer public is never shown,
    because every answer is compared with the database. Its answers say that they are the spare's.
    """

    def __init__(self, main: SearchEngine, spare: SearchEngine) -> None:
        self.name = main.name
        self._main = main
        self._spare = spare

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Carry out a plan, wherever it can be."""

        def asked(engine: SearchEngine) -> EngineAnswer:
            answer = engine.search(plan)
            hits = tuple(replace(hit, handle=(engine, hit)) for hit in answer.hits)
            return replace(answer, hits=hits, spare=engine is self._spare)

        return self._either(asked)

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """The stored fields of the hits, each from the engine that found it; empty if it is gone since."""
        wanted = list(hits)
        found: dict[int, Mapping[str, str]] = {}
        for engine in (self._main, self._spare):
            places = [place for place, hit in enumerate(wanted) if hit.handle[0] is engine]
            if places:
                told = engine.stored([wanted[place].handle[1] for place in places])
                found.update(zip(places, told, strict=True))
        return [found[place] for place in range(len(wanted))]

    def known(self, stems: Collection[str]) -> frozenset[str]:
        """Those of the stems that the index holds."""
        return self._either(lambda engine: engine.known(stems))

    def suggest(self, prefix: str, filters: Filters = (), limit: int = 8) -> list[tuple[str, int]]:
        """Folded words that start with the prefix."""
        return self._either(lambda engine: engine.suggest(prefix, filters, limit))

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents to the first engine."""
        self._main.index(documents)

    def delete(self, ids: Collection[int]) -> None:
        """Take out groups from the first engine."""
        self._main.delete(ids)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Write to the first engine, then to the spare what it can take."""
        with self._main.batch() as batch:
            followed = _Followed(batch)
            yield followed
        try:
            with self._spare.batch() as behind:
                followed.repeat(behind)
        except EngineError as error:
            logger.debug("The spare index was not brought up to date: %s", error)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build the index of the first engine anew."""
        return self._main.rebuild(documents)

    def groups(self) -> dict[int, int]:
        """Every group of the first engine."""
        return self._main.groups()

    def count(self) -> int:
        """How many documents the first engine holds."""
        return self._main.count()

    def health(self) -> Health:
        """Whether the first engine answers."""
        return self._main.health()

    def _either[Answer](self, question: Callable[[SearchEngine], Answer]) -> Answer:
        try:
            return question(self._main)
        except EngineUnreachable as error:
            logger.debug("%s cannot be reached, %s answers: %s", self.name, self._spare.name, error)
            return question(self._spare)
