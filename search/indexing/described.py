"""What is recorded of the pages that were described for the index, once it is committed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .fingerprints import FingerprintWriter
from .schema import Document
from .words import WordWriter


class DescribedGroups:
    """Records the fingerprints and the words of described groups."""

    def __init__(self) -> None:
        self._writers = FingerprintWriter(), WordWriter()

    def begin(self, groups: Collection[int]) -> None:
        """Announce groups that are described next."""
        for writer in self._writers:
            writer.begin(groups)

    def add(self, group: int, documents: Sequence[Document]) -> None:
        """Take the description of a group; those announced without one are not public."""
        for writer in self._writers:
            writer.add(group, documents)

    def save(self) -> None:
        """Store what was described."""
        for writer in self._writers:
            writer.save()
