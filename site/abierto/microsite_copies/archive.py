"""Write a ZIP archive as a stream, with a manifest and the checksums of its entries.

Memory use is one chunk and a line of the manifest for each entry, whatever the size of the files.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any, Self

from django.utils import timezone

from abierto.archives import write_entry

CHUNK = 64 * 1024
MANIFEST = "MANIFIESTO.json"
CHECKSUMS = "SHA256SUMS"
#: Characters that some system does not accept in the name of a file.
UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')
LONGEST_NAME = 120


@dataclass(frozen=True)
class Entry:
    """A file in the archive with its kind and the address of its source."""

    path: str
    bytes: int
    sha256: str
    kind: str
    title: str = ""
    source: str = ""


@dataclass
class ArchiveWriter:
    """An archive that is being written to ``target``."""

    target: IO[bytes]
    entries: list[Entry] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED)
        self._now = timezone.localtime().timetuple()[:6]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._archive.close()

    def add(self, path: str, chunks: Iterable[bytes], kind: str, title: str = "", source: str = "") -> None:
        """Add a file from its chunks."""
        info = zipfile.ZipInfo(path, self._now)
        info.compress_type = zipfile.ZIP_DEFLATED
        # Read and write for the owner, read for others, once unpacked.
        info.external_attr = 0o644 << 16
        written = write_entry(self._archive, info, chunks)
        self.entries.append(Entry(path, written.bytes, written.sha256, kind, title, source))

    def note_missing(self, kind: str, title: str, reason: str) -> None:
        """List an item in the manifest that could not be added to the archive."""
        self.missing.append({"kind": kind, "title": title, "reason": reason})

    def finish(self, about: dict[str, Any]) -> None:
        """Write the manifest and the checksums, the last entries."""
        manifest = {
            **about,
            "entries": [asdict(entry) for entry in self.entries],
            "missing": self.missing,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self.add(MANIFEST, [text.encode()], "manifest")
        lines = "".join(f"{entry.sha256}  {entry.path}\n" for entry in self.entries)
        self._archive.writestr(CHECKSUMS, lines.encode())


def read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of an open file."""
    while chunk := file.read(CHUNK):
        yield chunk


def safe_name(name: str) -> str:
    """Return a file name that every system accepts, without folders."""
    cleaned = UNSAFE.sub("_", name.replace("/", "_")).strip(" .")
    return cleaned[-LONGEST_NAME:] or "archivo"
