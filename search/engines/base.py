"""The engine protocol. An engine executes plans; text analysis happens before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.indexing.schema import Document
from search.query.plan import QueryPlan

FACET_VALUES = 200  # limit of counted values per facet


class EngineError(Exception):
    pass


class IndexMissing(EngineError):
    """There is no index: `search rebuild` creates it."""


class IndexOutdated(EngineError):
    """The index was built with another library, analysis or schema: `search rebuild` replaces it."""


class IndexBroken(EngineError):
    """The index cannot be read or written."""


class IndexUnwritable(IndexBroken):
    """The index folder is not writable; its content is intact."""


class EngineUnreachable(EngineError):
    """The search server does not answer. The index itself may be intact."""


class EngineBusy(EngineError):
    """Another process has the lock of the index writer, and will process the waiting outbox rows."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """One passage found. `handle` is what the engine needs to read its stored fields.

    `family`: the group of the commitment that the page reports on; 0 if it is no update.
    """

    group: int
    part: int
    date: int
    score: float
    handle: Any = None
    family: int = 0


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """One window of passages and, if the plan asks, the exact counts of the whole match, in groups.

    `dropped`: how many passages of the window were left out: their page has too few words of the query.
    `from_fallback`: the configured engine is unreachable and the fallback engine answered.
    """

    hits: tuple[EngineHit, ...]
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    dropped: int = 0
    from_fallback: bool = False

    @property
    def read(self) -> int:
        """Return how many passages of the window the engine read."""
        return len(self.hits) + self.dropped


@dataclass(frozen=True, slots=True)
class Health:
    """The health of an engine; `detail` is the reason of a failure, in English, for logs and `doctor`."""

    ok: bool
    detail: str
    documents: int = 0
    reachable: bool = True


class IndexBatch(Protocol):
    """Changes that are committed together."""

    def put(self, documents: Iterable[Document]) -> None:
        """Replace all passages of the groups of these documents."""

    def remove(self, groups: Iterable[int]) -> None:
        """Delete all passages of these groups."""

    def also_write_to(self, name: str) -> None:
        """Apply the later changes of this batch also to an index that a rebuild is filling."""


class SearchEngine(Protocol):
    """One index of documents. Methods raise no error of the engine except `EngineError`."""

    name: str

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those of the same groups."""

    def delete(self, ids: Collection[int]) -> None:
        """Delete groups (page ids)."""

    def batch(self) -> AbstractContextManager[IndexBatch]:
        """Take the writer lock and commit once at the end; roll back on an error. May raise `EngineBusy`."""

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Execute a plan."""

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """Return the stored fields of the hits, in order."""

    def known(self, stems: Collection[str]) -> frozenset[str]:
        """Return the stems that the index contains."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index at once, swap it in, and return its number of documents, holding the writer lock.

        For small, scratch and fallback indexes; `search.indexing.rebuild` fills the portal's own in slices.
        """

    def create_index(self, passages: int) -> str:
        """Create an empty index beside the live one, for about this many passages; return its name."""

    def is_filling(self, name: str) -> bool:
        """Check that this index exists, is not live yet, and was created by this version of the program."""

    def fill(self, name: str, documents: Iterable[Document]) -> int:
        """Add documents to an index that is not live, replacing those of the same groups; count them.

        Several processes may fill the same index. Raise `IndexMissing` where there is no such index.
        """

    def publish(self, name: str) -> None:
        """Make a filled index live in one step and delete the others. May raise `EngineBusy`."""

    def discard(self, name: str) -> None:
        """Delete an index that is not live, if it exists."""

    def groups(self) -> dict[int, int]:
        """Return every group with its fingerprint (`search.indexing.schema.fingerprint`)."""

    def count(self) -> int:
        """Return the number of documents."""

    def health(self) -> Health:
        """Check whether the engine can respond."""
