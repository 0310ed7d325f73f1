"""Writing: open, add, commit, wait for the merges, drop. A writer kept open blocks every other process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tantivy import Index, IndexWriter, Query

from search.engines.base import IndexBroken
from search.engines.embedded.fields import SCHEMA, native
from search.indexing.schema import Document

FAULTS = (ValueError, OSError, RuntimeError)  # what the binding raises for files that it cannot use
BATCH_MEMORY = 16_000_000
REBUILD_MEMORY = 96_000_000


@contextmanager
def faults() -> Iterator[None]:
    """Turn what the binding raises into our own error."""
    try:
        yield
    except FAULTS as error:
        raise IndexBroken(str(error)) from error


@contextmanager
def writing(index: Index, memory: int) -> Iterator[IndexWriter]:
    """Open, commit, wait for merges, drop; roll back when the block raises."""
    with faults():
        writer = index.writer(memory, 1)
        # Who was killed while writing leaves files without an owner, and tantivy would use their names again.
        writer.garbage_collect_files()
    done = False
    try:
        yield writer
        with faults():
            writer.commit()
        done = True
    finally:
        with faults():
            if not done:
                writer.rollback()
            writer.wait_merging_threads()


def build(folder: Path, documents: Iterable[Document]) -> int:
    """A whole index in an empty folder; how many documents."""
    with faults():
        index = Index(SCHEMA, path=str(folder))
    count = 0
    with writing(index, REBUILD_MEMORY) as writer:
        for document in documents:
            writer.add_document(native(document))
            count += 1
    return count


class TantivyBatch:
    """Changes of one commit: removal before addition, because tantivy knows no unique key."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer
        self._replaced: set[int] = set()

    def put(self, documents: Iterable[Document]) -> None:
        """Replace every passage of the groups these documents belong to."""
        for document in documents:
            if document.group not in self._replaced:
                self._replaced.add(document.group)
                self._delete(document.group)
            self._writer.add_document(native(document))

    def remove(self, groups: Iterable[int]) -> None:
        """Take out every passage of these groups."""
        for group in groups:
            self._delete(group)
            self._replaced.discard(group)

    def _delete(self, group: int) -> None:
        # By query: deleting by term silently deletes nothing on a number field.
        self._writer.delete_documents_by_query(Query.term_query(SCHEMA, "group", group))
