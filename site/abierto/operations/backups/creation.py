"""Create a backup while the portal is in use."""

import io
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils import timezone

from abierto.media.hashing import hash_file
from abierto.operations.integrity.files import iter_file_names

from .databases import copy_database
from .folder import (
    DATABASE,
    FORMAT,
    HEADER,
    MANIFEST,
    BackupFolder,
    BackupProblem,
    Encryption,
    Manifest,
    StoredFile,
    hash_path,
)

STORAGES = ("private", "default")
"""The storages that are backed up. Secrets, search index and open-data archive are left out."""

LONGEST_WRITE = timedelta(hours=1)
"""How long after its file a row may be committed: a request or a long import commits at its end."""

type Seen = dict[tuple[str, str], StoredFile]


@dataclass(frozen=True, slots=True)
class BackupFigures:
    """Size and duration of a backup."""

    name: str
    files: int
    new_files: int
    bytes: int
    ledger_rows: int
    seconds: float


def make_backup(folder: BackupFolder, sealing: Encryption) -> BackupFigures:
    """Create one backup in ``folder``.

    Files are stored before and after the database is copied. A file that was added or deleted meanwhile, or
    in the hour before, is marked as unsettled: restoring leaves it out if no row refers to it.

    Raises:
        BackupProblem: with the reason; the unfinished backup is deleted.
    """
    began, moment = time.monotonic(), timezone.now()
    with folder.new_backup(moment) as unfinished:
        before, stored = store_files(folder, sealing)
        copy = unfinished / f"{DATABASE}.copy"
        heads = copy_database(copy)
        after, stored_since = store_files(folder, sealing, before)
        changed = before.keys() ^ after.keys()
        files = [
            replace(file, is_settled=file.is_settled and key not in changed)
            for key, file in sorted((before | after).items())
        ]
        manifest = Manifest(settings.DATABASES["default"]["ENGINE"], hash_path(copy), heads, files)
        size = copy.stat().st_size + sum(file.bytes for file in files)
        with copy.open("rb") as plain:
            sealing.write(plain, unfinished / DATABASE)
        copy.unlink()
        sealing.write(io.BytesIO(manifest.as_bytes()), unfinished / MANIFEST)
        header = {
            "format": FORMAT,
            "key": sealing.key_id,
            "parts": {part: hash_path(unfinished / part) for part in (DATABASE, MANIFEST)},
            "files": sorted({file.sha256 for file in files}),
        }
        (unfinished / HEADER).write_text(json.dumps(header))
    return BackupFigures(
        name=folder.backups()[0].path.name,
        files=len(files),
        new_files=stored + stored_since,
        bytes=size,
        ledger_rows=sum(rows for rows, _link in heads.values()),
        seconds=time.monotonic() - began,
    )


def store_files(folder: BackupFolder, sealing: Encryption, known: Seen | None = None) -> tuple[Seen, int]:
    """Store all files that are not in the folder; return the entries of all, and how many were written.

    A file never changes under its name, so the files of ``known`` are not read again.
    """
    seen: Seen = {}
    count, settled_until = 0, timezone.now() - LONGEST_WRITE
    for name, storage, file_name in iter_stored_files():
        key = (name, file_name)
        if known and key in known:
            seen[key] = known[key]
            continue
        try:
            with storage.open(file_name) as file:
                sha256 = hash_file(file)
                count += folder.store_file(sealing, file, sha256)
                is_settled = storage.get_modified_time(file_name) < settled_until
                seen[key] = StoredFile(name, file_name, sha256, file.size, is_settled)
        except FileNotFoundError:  # deleted since it was listed
            continue
    return seen, count


def iter_stored_files() -> Iterator[tuple[str, Storage, str]]:
    """Yield the storage name, the storage and the file name of each file."""
    for name in STORAGES:
        storage = storages[name]
        yield from ((name, storage, file_name) for file_name in iter_file_names(storage))


def run_offsite_command(backup: Path) -> None:
    """Run ``ABIERTO_BACKUP_COMMAND`` with the paths of the backup folder and of the new backup.

    Raises:
        BackupProblem: if it fails.
    """
    if not settings.ABIERTO_BACKUP_COMMAND:
        return
    command = [*settings.ABIERTO_BACKUP_COMMAND, str(backup.parent), str(backup)]
    try:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError as error:
        raise BackupProblem(f"No se pudo ejecutar ABIERTO_BACKUP_COMMAND: {error.strerror}.") from error
    if code:
        raise BackupProblem(f"El respaldo está hecho, pero ABIERTO_BACKUP_COMMAND terminó con {code}.")
