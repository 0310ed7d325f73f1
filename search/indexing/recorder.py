"""Record the indexed groups in the database once the index is committed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .fingerprints import FingerprintWriter
from .schema import Document
from .words import WordWriter


class GroupRecorder:
    """Records the fingerprints and the words of groups whose documents were built."""

    def __init__(self) -> None:
        self._writers = FingerprintWriter(), WordWriter()

    def begin(self, groups: Collection[int]) -> None:
        """Announce the groups whose documents are built next."""
        for writer in self._writers:
            writer.begin(groups)

    def add(self, group: int, documents: Sequence[Document]) -> None:
        """Add the documents of a group; announced groups without documents are not public."""
        for writer in self._writers:
            writer.add(group, documents)

    def save(self) -> None:
        """Store the fingerprints and words of the added groups."""
        for writer in self._writers:
            writer.save()
