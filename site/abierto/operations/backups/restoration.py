"""Restore a backup: everything is decrypted and compared beside its place before anything is replaced."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.management import call_command

from abierto.media.hashing import hash_stored_file
from abierto.operations.integrity import run_checks
from abierto.operations.integrity.files import (
    iter_file_names,
    private_files_without_row,
    public_files_without_row,
)
from abierto.operations.integrity.findings import IntegrityFinding
from search.admin_index import write_differences

from .creation import STORAGES
from .databases import count_pending_migrations, is_empty, put_database, read_heads
from .decryption import BackupReader
from .folder import BackupProblem, Manifest, hash_path


@dataclass(frozen=True, slots=True)
class RestoreFigures:
    """What was restored, and what the checks found."""

    files: int
    left_out: int
    """Files that no row of the database has: they were added or deleted while the backup was made."""
    findings: list[IntegrityFinding]
    is_chain_intact: bool
    seconds: float

    @property
    def is_sound(self) -> bool:
        return self.is_chain_intact and not self.findings


def restore(opened: BackupReader, replace: bool, report: Callable[[str], None]) -> RestoreFigures:
    """Put database and files of a backup in the portal's place, build the index, and check all of it.

    Raises:
        BackupProblem: if the place is not empty, the key is another or anything is damaged; the place is
            then as it was.
    """
    began = time.monotonic()
    if not replace and not is_place_empty():
        raise BackupProblem(
            "Aquí ya hay un portal, con su base o sus archivos. Restaura en un lugar vacío, o detén los "
            "servicios y usa --replace: lo de ahora se pierde."
        )
    report("Leo el respaldo y compruebo sus partes")
    manifest = opened.read_manifest()
    if manifest.vendor != settings.DATABASES["default"]["ENGINE"]:
        raise BackupProblem(
            "El respaldo es de otra clase de base de datos. Restáuralo en una de la misma clase; para pasar "
            "de SQLite a PostgreSQL está manage.py move_database."
        )
    media = Path(settings.MEDIA_ROOT).parent
    media.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=media) as name:
        staged = Path(name)
        opened.write_database(staged / "database", manifest)
        report(f"Descifro y comparo {len(manifest.files)} archivos")
        targets = [(file.sha256, find_staged(staged, file.storage, file.name)) for file in manifest.files]
        opened.write_files(targets, sum(file.bytes for file in manifest.files))
        report("Pongo la base y los archivos en su lugar")
        put_database(staged / "database", replace)
        for storage in STORAGES:
            put_files(staged / storage, storages[storage])
    left_out = delete_unsettled(manifest)
    report("Construyo el índice y reviso todo")
    if count_pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    is_chain_intact = read_heads() == manifest.ledgers
    call_command("search", "rebuild", verbosity=0)
    # The index of the admin follows a page after its commit: the backup may be of the moment between.
    write_differences()
    # What the report calls restored is on the disk.
    os.sync()
    findings = [finding for found in run_checks().values() for finding in found]
    return RestoreFigures(
        len(manifest.files) - left_out, left_out, findings, is_chain_intact, time.monotonic() - began
    )


def is_place_empty() -> bool:
    """Check that neither database nor storages have anything."""
    return is_empty() and not any(has_files(storages[name]) for name in STORAGES)


def has_files(storage: Storage) -> bool:
    return next(iter_file_names(storage), None) is not None


def find_staged(staged: Path, storage: str, name: str) -> Path:
    """Return where a file of the manifest is written first.

    Raises:
        BackupProblem: if the name leads out of its storage.
    """
    root = staged / storage
    path = root / name
    if storage not in STORAGES or not path.resolve().is_relative_to(root.resolve()):
        raise BackupProblem(f"El manifiesto nombra un archivo fuera de su lugar: {name}")
    return path


def put_files(new: Path, storage: Storage) -> None:
    """Put the files of a folder, which may not exist, in the place of those of a storage.

    A folder is exchanged at once; a bucket gets what it has not, and then loses what the backup has not.
    """
    if isinstance(storage, FileSystemStorage):
        swap_folder(new, Path(storage.path("")))
        return
    names = {path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()}
    for name in sorted(names):
        if hash_stored_file(storage, name) != hash_path(new / name):
            storage.delete(name)
            with (new / name).open("rb") as file:
                storage.save(name, File(file))
    for name in list(iter_file_names(storage)):
        if name not in names:
            storage.delete(name)


def swap_folder(new: Path, place: Path) -> None:
    """Put a folder, which may not exist, in the place of another."""
    old = new.with_name(f"{new.name}.old")
    new.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    place.chmod(0o755)
    if old.exists():
        shutil.rmtree(old)


def delete_unsettled(manifest: Manifest) -> int:
    """Delete the restored files of the backup's moment that no row has; return how many."""
    unsettled = {(file.storage, file.name) for file in manifest.files if not file.is_settled}
    unknown = [("private", name) for name in private_files_without_row()]
    unknown += [("default", name) for name in public_files_without_row()]
    deleted = [key for key in unknown if key in unsettled]
    for storage, name in deleted:
        storages[storage].delete(name)
    return len(deleted)
