"""Reading what a backup contains, with the private keys of age."""

import io
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import pyrage

from .folder import DATABASE, MANIFEST, PIECE, PLAIN, Backup, BackupFolder, BackupProblem, Manifest, hash_path


def read_keys(paths: Iterable[Path]) -> list[Any]:
    """Return the private keys in these files, one a line; lines that begin with # are comments.

    Raises:
        BackupProblem: if a file cannot be read or has no key.
    """
    keys = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            keys += [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
        except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
            raise BackupProblem(f"En {path} no hay una clave privada (AGE-SECRET-KEY-…).") from error
    return keys


def write_new_key(path: Path) -> str:
    """Write a new private key to a file that only its owner may read; return the public one.

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


class OpenedBackup:
    """A backup with the keys that decrypt it.

    Raises:
        BackupProblem: by its methods, if the key is another or something is damaged.
    """

    def __init__(self, folder: BackupFolder, backup: Backup, keys: list[Any]) -> None:
        self.folder, self.backup, self._keys = folder, backup, keys
        if backup.key_id != PLAIN and not keys:
            raise BackupProblem("El respaldo está cifrado: da el archivo de su clave privada con --key.")

    def read_manifest(self) -> Manifest:
        """Check the parts of the backup and return its manifest."""
        self.backup.check()
        content = io.BytesIO()
        self._decrypt(self.backup.path / MANIFEST, content)
        return Manifest.parse(content.getvalue())

    def write_database(self, target: Path, manifest: Manifest) -> None:
        """Write the database to a new file."""
        self._write(self.backup.path / DATABASE, target, manifest.database_sha256)

    def write_file(self, sha256: str, target: Path) -> None:
        """Write a stored file to a new file."""
        self._write(self.folder.file_path(self.backup.key_id, sha256), target, sha256)

    def _write(self, source: Path, target: Path, sha256: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            self._decrypt(source, file)
        if hash_path(target) != sha256:
            raise BackupProblem(f"{source} está dañado: no es lo que se respaldó.")

    def _decrypt(self, source: Path, target: IO[bytes]) -> None:
        try:
            with source.open("rb") as file:
                if self.backup.key_id == PLAIN:
                    shutil.copyfileobj(file, target, PIECE)
                else:
                    pyrage.decrypt_io(file, target, self._keys)
        except FileNotFoundError as error:
            raise BackupProblem(f"Al respaldo le falta {source}.") from error
        except (pyrage.DecryptError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # of the disk, not of the format
                raise BackupProblem(f"No se puede descifrar {source}: {error.strerror}.") from error
            raise BackupProblem(
                f"No se puede descifrar {source}: la clave es otra, o el archivo está dañado."
            ) from error
