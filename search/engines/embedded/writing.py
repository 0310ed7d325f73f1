"""Commits: open the writer, add, commit, wait for merges, drop it. An open writer blocks other processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tantivy import Index, IndexWriter, Query

from search.engines.base import IndexBroken
from search.engines.embedded.fields import SCHEMA, native
from search.indexing.schema import Document

FAULTS = (ValueError, OSError, RuntimeError)  # raised by the binding for unusable files
BATCH_MEMORY = 16_000_000
REBUILD_MEMORY = 96_000_000


@contextmanager
def engine_errors() -> Iterator[None]:
    """Convert the binding's errors to the engine's errors."""
    try:
        yield
    except FAULTS as error:
        raise IndexBroken(str(error)) from error


@contextmanager
def writing(index: Index, memory: int) -> Iterator[IndexWriter]:
    """Yield a writer and commit at the end; roll back if the block raises."""
    with engine_errors():
        writer = index.writer(memory, 1)
        # A writer that was killed leaves orphaned files, and tantivy would reuse their names.
        writer.garbage_collect_files()
    done = False
    try:
        yield writer
        with engine_errors():
            writer.commit()
        done = True
    finally:
        with engine_errors():
            if not done:
                writer.rollback()
            writer.wait_merging_threads()


def build(folder: Path, documents: Iterable[Document]) -> int:
    """Build a whole index in an empty folder; return its number of documents."""
    with engine_errors():
        index = Index(SCHEMA, path=str(folder))
    count = 0
    with writing(index, REBUILD_MEMORY) as writer:
        for document in documents:
            writer.add_document(native(document))
            count += 1
    return count


class TantivyBatch:
    """The changes of one commit. Groups are deleted before they are added: tantivy has no unique key."""

    def __init__(self, writer: IndexWriter, open_other: Callable[[str], TantivyBatch] | None = None) -> None:
        self._writer = writer
        self._replaced: set[int] = set()
        self._open_other = open_other
        self._others: list[TantivyBatch] = []

    def also_write_to(self, name: str) -> None:
        if self._open_other:
            self._others.append(self._open_other(name))

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            for batch in (self, *self._others):
                batch._put(document)

    def remove(self, groups: Iterable[int]) -> None:
        for group in groups:
            for batch in (self, *self._others):
                batch._delete(group)
                batch._replaced.discard(group)

    def _put(self, document: Document) -> None:
        if document.group not in self._replaced:
            self._replaced.add(document.group)
            self._delete(document.group)
        self._writer.add_document(native(document))

    def _delete(self, group: int) -> None:
        # By query: deleting by term silently deletes nothing on a numeric field.
        self._writer.delete_documents_by_query(Query.term_query(SCHEMA, "group", group))
