"""The folder of the backups.

::

    files/<key>/<2 digits>/<SHA-256>     each file once, in whatever number of backups it is
    2026-11-30T101500.000000Z/           one backup: header.json, manifest, database
    unfinished-…/                        a backup that is being written, or was interrupted

With a key, all parts but the header are encrypted with age to a public key, so the machine that writes the
backups cannot read them. The header, which is not encrypted, has the hashes of the parts and of the files.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Self

import pyrage

FORMAT = "abierto-backup-1"
HEADER, MANIFEST, DATABASE = "header.json", "manifest", "database"
NAME = "%Y-%m-%dT%H%M%S.%fZ"
UNFINISHED = "unfinished-"
PLAIN = "plain"
PIECE = 1024 * 1024


class BackupProblem(Exception):
    """An error with a sentence for the administrator about a backup, its key or its folder."""


class HashingReader:
    """A binary file whose ``read`` also updates a SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def hash_path(path: Path) -> str:
    """Return the SHA-256 of a file on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Encryption:
    """Writes files encrypted to a public key of age (``age1…``), or plain without one."""

    recipient: str = ""

    @property
    def key_id(self) -> str:
        """Return the name of the key in paths: with another key, files are stored again."""
        return hashlib.sha256(self.recipient.encode()).hexdigest()[:12] if self.recipient else PLAIN

    def write(self, source: IO[bytes], target: Path) -> None:
        """Write a file atomically: an interrupted write leaves nothing at ``target``.

        Raises:
            BackupProblem: if the public key cannot be read.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            with partial.open("wb") as file:
                if self.recipient:
                    pyrage.encrypt_io(source, file, [self._public_key()])
                else:
                    shutil.copyfileobj(source, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    def _public_key(self) -> Any:
        try:
            return pyrage.x25519.Recipient.from_str(self.recipient)
        except pyrage.RecipientError as error:
            raise BackupProblem(
                "La clave pública de ABIERTO_BACKUP_RECIPIENT no se entiende: empieza con age1. "
                "Haz un par con: manage.py backup --new-key ARCHIVO"
            ) from error


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The entry of a file of a storage in the manifest."""

    storage: str
    name: str
    sha256: str
    bytes: int
    is_settled: bool = True
    """Whether it existed long before the database was copied, and still afterwards."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a backup when its database was copied."""

    vendor: str
    database_sha256: str
    ledgers: dict[str, list[Any]]
    """Number of rows and last link of each ledger."""
    files: list[StoredFile] = field(default_factory=list)

    def as_bytes(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False).encode()

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Parse a manifest.

        Raises:
            BackupProblem: if it is damaged or has another format.
        """
        try:
            read = json.loads(raw)
            if read.pop("format") != FORMAT:
                raise BackupProblem("El respaldo es de otra versión de Abierto: restáuralo con esa versión.")
            files = [StoredFile(**row) for row in read.pop("files")]
            return cls(**read, files=files)
        except (ValueError, KeyError, TypeError) as error:
            raise BackupProblem("El manifiesto del respaldo está dañado.") from error


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its folder and the content of its header."""

    path: Path
    header: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        return datetime.strptime(self.path.name, NAME).replace(tzinfo=UTC)

    @property
    def key_id(self) -> str:
        return str(self.header["key"])

    def check(self) -> None:
        """Check the hashes of the parts on disk against the header.

        Raises:
            BackupProblem: naming the part that is missing or damaged.
        """
        for part, expected in self.header["parts"].items():
            path = self.path / part
            if not path.is_file() or hash_path(path) != expected:
                raise BackupProblem(f"El respaldo {self.path} está dañado: falta «{part}», o cambió.")


class BackupFolder:
    """The folder of all backups and of the files that they share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file_path(self, key_id: str, sha256: str) -> Path:
        return self.path / "files" / key_id / sha256[:2] / sha256

    def store_file(self, sealing: Encryption, source: IO[bytes], sha256: str) -> bool:
        """Store a file unless it exists; return whether it was written.

        Raises:
            BackupProblem: if the file changed since it was hashed.
        """
        target = self.file_path(sealing.key_id, sha256)
        if target.exists():
            return False
        reader = HashingReader(source)
        sealing.write(reader, target)  # type: ignore[arg-type]
        if reader.sha256 != sha256:
            target.unlink()
            raise BackupProblem("Un archivo cambió mientras se copiaba. Repite el respaldo.")
        return True

    @contextmanager
    def new_backup(self, moment: datetime) -> Iterator[Path]:
        """Yield a folder that is renamed to a finished backup at the end, or deleted after an error."""
        name = moment.astimezone(UTC).strftime(NAME)
        unfinished = self.path / f"{UNFINISHED}{name}-{os.getpid()}"
        unfinished.mkdir(parents=True)
        try:
            yield unfinished
            unfinished.rename(self.path / name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def backups(self) -> list[Backup]:
        """Return the finished backups, the newest first."""
        found = []
        for path in self.path.glob("*Z"):
            if not path.name.startswith(UNFINISHED) and (path / HEADER).is_file():
                found.append(Backup(path, json.loads((path / HEADER).read_text())))
        return sorted(found, key=lambda backup: backup.path.name, reverse=True)

    def find(self, name: str = "") -> Backup:
        """Return a backup by name, or the newest.

        Raises:
            BackupProblem: if there is none.
        """
        for backup in self.backups():
            if name in ("", backup.path.name):
                return backup
        raise BackupProblem(f"En {self.path} no hay respaldo{f' {name}' if name else 's'}.")

    def delete_old(self, days: int, weeks: int) -> int:
        """Delete all but the newest backup of each of the last days and weeks; return how many.

        Files that no remaining backup contains are deleted too.
        """
        backups = self.backups()
        retained = find_retained(backups, days, weeks)
        for backup in backups:
            if backup not in retained:
                shutil.rmtree(backup.path)
        used = {self.file_path(backup.key_id, sha) for backup in retained for sha in backup.header["files"]}
        for path in (self.path / "files").glob("*/*/*"):
            if path not in used:
                path.unlink()
        return len(backups) - len(retained)


def find_retained(backups: list[Backup], days: int, weeks: int) -> list[Backup]:
    """Return the backups that are not to be deleted, of a list sorted from the newest.

    Days and weeks are those of UTC, as in the names of the folders.
    """
    newest_of: dict[object, Backup] = {}
    for backup in backups:
        age = backups[0].made_at - backup.made_at
        if age < timedelta(days=days):
            newest_of.setdefault(backup.made_at.date(), backup)
        if age < timedelta(weeks=weeks):
            newest_of.setdefault(backup.made_at.isocalendar()[:2], backup)
    return [backup for backup in backups if backup in [*backups[:1], *newest_of.values()]]
