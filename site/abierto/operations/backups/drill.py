"""The backup drill: back up the portal in use, restore it elsewhere on this machine, and check it there."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from abierto.settings import environment

from .creation import BackupFigures, make_backup
from .databases import drop_scratch_database, make_scratch_database
from .decryption import write_new_key
from .folder import BackupFolder, BackupProblem, Encryption


@dataclass(frozen=True, slots=True)
class DrillFigures:
    """The figures of a backup and of its restoration in the drill."""

    backup: BackupFigures
    restored: dict[str, object]
    """The output of ``restore --json``."""

    @property
    def is_sound(self) -> bool:
        return bool(self.restored["sound"])


def run_drill(place: Path | None = None) -> DrillFigures:
    """Back up, restore to an empty database and folder in another process, and delete both.

    Args:
        place: a folder with space for twice the portal; by default that of temporary files.

    Raises:
        BackupProblem: if the backup or its restoration fails.
    """
    with tempfile.TemporaryDirectory(prefix="abierto-drill-", dir=place) as name:
        home = Path(name)
        recipient = write_new_key(home / "key")
        figures = make_backup(BackupFolder(home / "backups"), Encryption(recipient))
        return DrillFigures(figures, restore_elsewhere(home))


def restore_elsewhere(home: Path) -> dict[str, object]:
    """Restore the newest backup below ``home`` to a new database and data folder; delete them afterwards."""
    scratch = f"abierto_drill_{os.getpid()}"
    is_sqlite = connection.vendor == "sqlite"
    url = f"sqlite:///{home / 'restored.sqlite3'}" if is_sqlite else make_scratch_database(scratch)
    (home / "data").mkdir()
    variables = environment.for_child(
        DATABASE_URL=url,
        ABIERTO_DATA=str(home / "data"),
        ELASTICSEARCH_URL="",
        ABIERTO_S3_BUCKET="",
        TMPDIR=str(home / "data"),
        PYTHONPATH=os.pathsep.join([str(settings.ROOT / "site"), str(settings.ROOT)]),
    )
    command = [sys.executable, "-m", "django", "restore", str(home / "backups"), "--json"]
    command += ["--key", str(home / "key")]
    try:
        done = subprocess.run(
            command, env=variables, cwd=settings.ROOT, capture_output=True, text=True, check=False
        )
    finally:
        if not is_sqlite:
            drop_scratch_database(scratch)
        shutil.rmtree(home / "data", ignore_errors=True)
    lines = done.stdout.strip().splitlines()
    if not lines:
        raise BackupProblem(f"La restauración del ensayo falló: {done.stderr.strip()[-800:]}")
    return dict(json.loads(lines[-1]))
