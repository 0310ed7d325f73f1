"""The files of an embedded index: generations, the pointer to the live one, and the writer's lock.

    index/
      CURRENT           the name of the live generation, replaced atomically
      writer.lock       held (flock) by the writer; the system frees it when the process dies
      gen-…/            one complete index, with VERSION.json beside its files

`flock` works on one host and a local disk. Several hosts share a search server instead.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import (
    EngineBusy,
    EngineError,
    IndexBroken,
    IndexMissing,
    IndexOutdated,
    IndexUnwritable,
)

POINTER = "CURRENT"
LOCK = "writer.lock"
VERSION = "VERSION.json"
FILL_LOCK = "fill.lock"  # in a generation that several processes fill
GENERATION = "gen-"


class IndexFolder:
    """The folder of one index; `version` is the version that its files must have."""

    def __init__(self, path: Path, version: Mapping[str, str]) -> None:
        self.path = path
        self.version = dict(version)
        self._pointer = os.path.join(path, POINTER)
        self._read: tuple[tuple[int, int], str] | None = None  # the stamp of the pointer, and its content

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Take the writer lock, or raise `EngineBusy` at once."""
        self._make()
        try:
            handle = open(self.path / LOCK, "ab")  # noqa: SIM115  closed below; only opening may fail so
        except OSError as error:
            raise IndexUnwritable(f"the index folder cannot be written: {error}") from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusy("another process is writing to the index") from error
            yield

    def current(self) -> str:
        """Return the name of the live generation."""
        try:
            name = self._read_pointer()
        except FileNotFoundError as error:
            raise IndexMissing(f"there is no index in {self.path}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise IndexBroken(f"the index pointer cannot be read: {error}") from error
        if not name.startswith(GENERATION) or "/" in name or not (self.path / name).is_dir():
            raise IndexMissing(f"the index pointer names {name!r}, which is not there")
        return name

    def _read_pointer(self) -> str:
        """Return the content of the pointer, read again when another file has replaced it."""
        found = os.stat(self._pointer)
        stamp = (found.st_mtime_ns, found.st_ino)
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, Path(self._pointer).read_text(encoding="utf-8").strip()
        return self._read[1]

    def check_version(self, name: str) -> None:
        """Raise `IndexOutdated` unless our library, analysis and schema built the generation."""
        try:
            found = json.loads((self.path / name / VERSION).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise IndexBroken(f"the version of the index cannot be read: {error}") from error
        if found != self.version:
            raise IndexOutdated(f"the index was built with {found}, this program needs {self.version}")

    def new_generation(self) -> Path:
        """Create an empty folder for a new index."""
        self._make()
        path = self.path / f"{GENERATION}{time.time_ns()}-{os.getpid()}"
        try:
            path.mkdir()
        except OSError as error:
            raise IndexUnwritable(f"the index folder cannot be written: {error}") from error
        return path

    def write_version(self, generation: Path) -> None:
        """Record that our library, analysis and schema build this generation."""
        _write(generation / VERSION, json.dumps(self.version, sort_keys=True))

    def is_filling(self, name: str) -> bool:
        """Check that a generation exists, is of our version and is not the live one."""
        try:
            self.check_version(name)
        except EngineError:
            return False
        return self._find_live() != name

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """Wait for the right to write to a generation that is not live; yield its folder."""
        try:
            handle = open(self.path / name / FILL_LOCK, "ab")  # noqa: SIM115  closed below
        except OSError as error:
            raise IndexMissing(f"the index {name!r} cannot be filled: {error}") from error
        with handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if not self.is_filling(name):
                raise IndexMissing(f"the index {name!r} is not being filled")
            yield self.path / name

    def discard(self, name: str) -> None:
        """Delete a generation that is not live."""
        if name.startswith(GENERATION) and self._find_live() != name:
            shutil.rmtree(self.path / name, ignore_errors=True)

    def _find_live(self) -> str:
        """Return the name of the live generation, or ""."""
        try:
            return self._read_pointer()
        except (OSError, UnicodeDecodeError):
            return ""

    def publish(self, generation: Path) -> None:
        """Make a finished generation live and delete the others. The caller holds the lock."""
        self.write_version(generation)
        fresh = self.path / f"{POINTER}.new"
        _write(fresh, generation.name)
        os.replace(fresh, self.path / POINTER)
        _sync(self.path)
        for other in self.path.glob(f"{GENERATION}*"):
            if other != generation:  # readers keep their open files, and we hold the writer's lock
                shutil.rmtree(other, ignore_errors=True)

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnwritable(f"the index folder cannot be made: {error}") from error


def _write(path: Path, text: str) -> None:
    with open(path, "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
