"""Measure a backup and its restoration as the files of a portal grow."""

import os
import sys
import time
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from abierto.media.models import PortalDocument
from abierto.operations.backups.creation import make_backup
from abierto.operations.backups.decryption import write_new_key
from abierto.operations.backups.drill import restore_elsewhere
from abierto.operations.backups.folder import BackupFolder, Encryption
from abierto.operations.worker import acting_as_worker
from abierto.spaces.empty_portal import build_empty_portal
from bench.environment import create_database

MEGABYTE = 1024**2
FILE_MEGABYTES = 5
SIZES, FEW_SIZES = (10, 100, 1000, 10_240), (10,)


def measure_restoring(folder: Path, sizes: tuple[int, ...]) -> dict[str, Any]:
    """Grow a portal to each size in megabytes; back it up, once more, and restore it elsewhere."""
    create_database()
    build_empty_portal()
    recipient = write_new_key(folder / "key")
    sealing, backups = Encryption(recipient), BackupFolder(folder / "backups")
    # Its worker would read the documents in processes beside the measured one.
    with acting_as_worker():
        return {f"{size} MB": measure_size(folder, size, sealing, backups) for size in sizes}


def measure_size(folder: Path, size: int, sealing: Encryption, backups: BackupFolder) -> dict[str, Any]:
    """Store random files until there are so many megabytes; return the seconds of each step."""
    for left in folder.glob("restored.sqlite3*"):
        left.unlink()
    for number in range(PortalDocument.objects.count(), size // FILE_MEGABYTES):
        content = ContentFile(os.urandom(FILE_MEGABYTES * MEGABYTE), f"{number}.pdf")
        PortalDocument.objects.create(title=f"Documento {number}", file=content)
    first = make_backup(backups, sealing)
    again = make_backup(backups, sealing)
    began = time.monotonic()
    restored = restore_elsewhere(folder)
    row = {
        "bytes": first.bytes,
        "new files": first.new_files,
        "backup s": round(first.seconds, 1),
        "next backup s": round(again.seconds, 1),
        "restore s": round(time.monotonic() - began, 1),
        "sound": restored["sound"],
    }
    print(size, row, file=sys.stderr, flush=True)
    return row
