"""Entries of a ZIP, written piece by piece: memory holds one piece."""

import hashlib
import zipfile
from collections.abc import Iterable
from typing import NamedTuple


class WrittenEntry(NamedTuple):
    """The size in bytes and the SHA-256 of an entry."""

    bytes: int
    sha256: str


def write_entry(
    archive: zipfile.ZipFile, entry: str | zipfile.ZipInfo, chunks: Iterable[bytes]
) -> WrittenEntry:
    """Write an entry chunk by chunk; return its size and hash."""
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as target:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return WrittenEntry(size, digest.hexdigest())
