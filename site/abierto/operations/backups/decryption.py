"""Read and decrypt the content of a backup with private keys of age."""

import io
import multiprocessing
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyrage

from .folder import DATABASE, MANIFEST, PIECE, PLAIN, Backup, BackupFolder, BackupProblem, Manifest, hash_path

#: With fewer bytes for each process, starting it takes longer than it saves.
BYTES_OF_A_PROCESS = 64 * 1024**2


def read_keys(paths: Iterable[Path]) -> list[str]:
    """Return the private keys in these files, one per line; lines that begin with # are comments.

    Raises:
        BackupProblem: if a file cannot be read or has no key.
    """
    keys = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            keys += [str(pyrage.x25519.Identity.from_str(line)) for line in lines if line and line[0] != "#"]
        except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
            raise BackupProblem(f"En {path} no hay una clave privada (AGE-SECRET-KEY-…).") from error
    return keys


def write_new_key(path: Path) -> str:
    """Write a new private key to a file that only its owner can read; return the public key.

    Raises:
        BackupProblem: if the file exists or cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(f"# {identity.to_public()}\n{identity}\n", encoding="utf-8")
    except OSError as error:
        raise BackupProblem(f"No se pudo escribir la clave en {path}: {error.strerror}.") from error
    return str(identity.to_public())


@dataclass(frozen=True, slots=True)
class Decryption:
    """Decrypts the parts of a backup with private keys of age; without keys it copies them.

    It can be pickled for other processes.
    """

    keys: tuple[str, ...]

    def write_part(self, source: Path, target: Path, sha256: str) -> None:
        """Write the content of a part to a new file, and check its hash.

        Raises:
            BackupProblem: if the key is wrong, or the part is missing or damaged.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            self.decrypt(source, file)
        if hash_path(target) != sha256:
            raise BackupProblem(f"{source} está dañado: no es lo que se respaldó.")

    def decrypt(self, source: Path, target: IO[bytes]) -> None:
        """Write the content of a part to an open file.

        Raises:
            BackupProblem: if the key is wrong, or the part is missing or damaged.
        """
        try:
            with source.open("rb") as file:
                if self.keys:
                    identities = [pyrage.x25519.Identity.from_str(key) for key in self.keys]
                    pyrage.decrypt_io(file, target, identities)
                else:
                    shutil.copyfileobj(file, target, PIECE)
        except FileNotFoundError as error:
            raise BackupProblem(f"Al respaldo le falta {source}.") from error
        except (pyrage.DecryptError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # of the disk, not of the format
                raise BackupProblem(f"No se puede descifrar {source}: {error.strerror}.") from error
            raise BackupProblem(
                f"No se puede descifrar {source}: la clave es otra, o el archivo está dañado."
            ) from error


class BackupReader:
    """Reads the manifest, the database and the files of a backup with its private keys.

    Raises:
        BackupProblem: by its methods, if the key is wrong or a part is damaged.
    """

    def __init__(self, folder: BackupFolder, backup: Backup, keys: list[str]) -> None:
        self.folder, self.backup = folder, backup
        if backup.key_id != PLAIN and not keys:
            raise BackupProblem("El respaldo está cifrado: da el archivo de su clave privada con --key.")
        self._decryption = Decryption(tuple(keys) if backup.key_id != PLAIN else ())

    def read_manifest(self) -> Manifest:
        """Check the parts of the backup and return its manifest."""
        self.backup.check()
        content = io.BytesIO()
        self._decryption.decrypt(self.backup.path / MANIFEST, content)
        return Manifest.parse(content.getvalue())

    def write_database(self, target: Path, manifest: Manifest) -> None:
        """Write the database to a new file."""
        self._decryption.write_part(self.backup.path / DATABASE, target, manifest.database_sha256)

    def write_files(self, targets: list[tuple[str, Path]], size: int) -> None:
        """Write files, given by their hashes, to new paths; ``size`` is their total in bytes.

        Decryption holds the GIL, so large amounts are distributed among processes, one per processor.
        """
        key_id = self.backup.key_id
        parts = [(self.folder.file_path(key_id, sha256), path, sha256) for sha256, path in targets]
        processes = min(len(os.sched_getaffinity(0)), size // BYTES_OF_A_PROCESS, len(parts))
        if processes < 2:
            for part in parts:
                self._decryption.write_part(*part)
            return
        # Not a fork: this process has connections to the database.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, context) as pool:
            try:
                list(pool.map(self._decryption.write_part, *zip(*parts, strict=True)))
            except BackupProblem:
                pool.shutdown(cancel_futures=True)
                raise
            except BrokenProcessPool as error:
                raise BackupProblem(
                    "Un proceso que descifraba terminó antes de tiempo. Revisa la memoria libre y repite."
                ) from error
