"""What the search needs of an engine. An engine translates plans; it decides nothing about language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.indexing.schema import Document
from search.query.plan import Filters, QueryPlan

FACET_VALUES = 200  # the most values of one facet that are counted


class EngineError(Exception):
    """The engine cannot answer."""


class IndexMissing(EngineError):
    """There is no index yet: `search rebuild` makes one."""


class IndexOutdated(EngineError):
    """The index was built with another library, analysis or schema: `search rebuild` replaces it."""


class IndexBroken(EngineError):
    """The index cannot be read or written."""


class IndexUnwritable(IndexBroken):
    """The folder of the index takes no writing: nothing is wrong with what is in it."""


class EngineUnreachable(EngineError):
    """The server of the engine does not answer. Nothing is wrong with the index, as far as anybody knows."""


class EngineBusy(EngineError):
    """Somebody else is writing. They will see the outbox rows that are waiting."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """One passage found. `handle` is the engine's own way to its stored fields."""

    group: int
    part: int
    date: int
    score: float
    handle: Any = None


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """One window of passages, and the exact counts, in groups, of the whole match (when the plan asks).

    `spare`: the portal's own engine cannot be reached and another one answered.
    """

    hits: tuple[EngineHit, ...]
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine can answer now and, if not, what is wrong (English, for logs and `doctor`)."""

    ok: bool
    detail: str
    documents: int = 0
    reachable: bool = True


class Batch(Protocol):
    """Changes that become visible together, or not at all."""

    def put(self, documents: Iterable[Document]) -> None:
        """Replace every passage of the groups these documents belong to."""

    def remove(self, groups: Iterable[int]) -> None:
        """Take out every passage of these groups."""


class SearchEngine(Protocol):
    """One index of documents. Methods raise `EngineError` and nothing else of their own."""

    name: str

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those of the same groups."""

    def delete(self, ids: Collection[int]) -> None:
        """Take out the groups (page ids) given."""

    def batch(self) -> AbstractContextManager[Batch]:
        """Hold the writer and commit once at the end; a block that raises writes nothing. Or `EngineBusy`."""

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Carry out a plan."""

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """The stored fields of the hits to show, in order."""

    def known(self, stems: Collection[str]) -> frozenset[str]:
        """Those of the stems that the index holds."""

    def suggest(self, prefix: str, filters: Filters = (), limit: int = 8) -> list[tuple[str, int]]:
        """Folded words that start with the prefix, with their counts, in documents that pass the filters."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build beside the live index, then swap; how many documents. Queries keep working meanwhile."""

    def groups(self) -> dict[int, int]:
        """Every group in the index with its fingerprint (`search.indexing.schema.fingerprint`)."""

    def count(self) -> int:
        """How many documents there are."""

    def health(self) -> Health:
        """Whether it answers."""
