"""Restore a backup: all content is decrypted and checked in a temporary folder before any is replaced."""

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
    """The number of restored files, and the results of the checks."""

    files: int
    left_out: int
    """Files without a row, which were added or deleted while the backup was created."""
    findings: list[IntegrityFinding]
    is_chain_intact: bool
    seconds: float

    @property
    def is_sound(self) -> bool:
        return self.is_chain_intact and not self.findings


def restore(opened: BackupReader, replace: bool, report: Callable[[str], None]) -> RestoreFigures:
    """Restore database and files of a backup to this installation, build the search index, and check all.

    Raises:
        BackupProblem: if the installation is not empty, the key is wrong or a part is damaged; then nothing
            was changed.
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
    # The index of the admin is updated after the commit: the backup may be from the moment between.
    write_differences()
    # Write all to the disk before reporting success.
    os.sync()
    findings = [finding for found in run_checks().values() for finding in found]
    return RestoreFigures(
        len(manifest.files) - left_out, left_out, findings, is_chain_intact, time.monotonic() - began
    )


def is_place_empty() -> bool:
    """Check that the database has no tables and the storages have no files."""
    return is_empty() and not any(has_files(storages[name]) for name in STORAGES)


def has_files(storage: Storage) -> bool:
    return next(iter_file_names(storage), None) is not None


def find_staged(staged: Path, storage: str, name: str) -> Path:
    """Return the temporary path of a file of the manifest.

    Raises:
        BackupProblem: if the name leads out of its storage.
    """
    root = staged / storage
    path = root / name
    if storage not in STORAGES or not path.resolve().is_relative_to(root.resolve()):
        raise BackupProblem(f"El manifiesto nombra un archivo fuera de su lugar: {name}")
    return path


def put_files(new: Path, storage: Storage) -> None:
    """Replace the files of a storage by those of a folder, which may not exist.

    A folder is exchanged atomically. In a bucket, missing files are added before other files are deleted.
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
    """Replace the folder ``place`` by another one, which may not exist."""
    old = new.with_name(f"{new.name}.old")
    new.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    place.chmod(0o755)
    if old.exists():
        shutil.rmtree(old)


def delete_unsettled(manifest: Manifest) -> int:
    """Delete the restored unsettled files without a row; return how many."""
    unsettled = {(file.storage, file.name) for file in manifest.files if not file.is_settled}
    unknown = [("private", name) for name in private_files_without_row()]
    unknown += [("default", name) for name in public_files_without_row()]
    deleted = [key for key in unknown if key in unsettled]
    for storage, name in deleted:
        storages[storage].delete(name)
    return len(deleted)
