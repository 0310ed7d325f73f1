"""``manage.py backup [DIR]``: back up database and files, while the portal is in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from abierto.operations.backups.creation import make_backup, run_offsite_command
from abierto.operations.backups.decryption import write_new_key
from abierto.operations.backups.folder import BackupFolder, BackupProblem, Encryption


class Command(BaseCommand):
    """Create one backup, delete those that retention does not cover, and run the off-site command."""

    help = "Respalda la base y los archivos, cifrados, en una carpeta; borra los respaldos vencidos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="la carpeta (ABIERTO_BACKUP_DIR)")
        parser.add_argument("--plain", action="store_true", help="sin cifrar; contiene datos personales")
        parser.add_argument("--new-key", type=Path, metavar="ARCHIVO", help="hace un par de claves y termina")
        parser.add_argument(
            "--keep-all", action="store_true", help="sin borrar los respaldos que ya vencieron"
        )

    def handle(
        self, folder: Path | None, plain: bool, new_key: Path | None, keep_all: bool, **options: Any
    ) -> None:
        try:
            if new_key is not None:
                self.show_key(new_key, write_new_key(new_key))
            else:
                self.make(find_folder(folder), choose_encryption(plain), keep_all)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(f"No se pudo escribir el respaldo: {error.strerror}.") from error

    def show_key(self, path: Path, recipient: str) -> None:
        self.stdout.write(f"Clave privada: {path}. Guárdala fuera de este servidor, en dos lugares.")
        self.stdout.write(f"Clave pública: ABIERTO_BACKUP_RECIPIENT={recipient}")

    def make(self, path: Path, sealing: Encryption, keep_all: bool) -> None:
        folder = BackupFolder(path)
        figures = make_backup(folder, sealing)
        self.stdout.write(
            f"{figures.name}: {figures.files} archivos ({figures.new_files} nuevos), "
            f"{figures.bytes:,} bytes, {figures.ledger_rows} renglones del libro, {figures.seconds:.1f} s."
        )
        if not keep_all:
            days, weeks = settings.ABIERTO_BACKUP_DAYS, settings.ABIERTO_BACKUP_WEEKS
            self.stdout.write(f"Respaldos vencidos que se borraron: {folder.delete_old(days, weeks)}.")
        run_offsite_command(path / figures.name)


def find_folder(given: Path | None) -> Path:
    if given is None and not settings.ABIERTO_BACKUP_DIR:
        raise BackupProblem("Di en qué carpeta: manage.py backup CARPETA, o define ABIERTO_BACKUP_DIR.")
    return given or Path(settings.ABIERTO_BACKUP_DIR)


def choose_encryption(plain: bool) -> Encryption:
    if not plain and not settings.ABIERTO_BACKUP_RECIPIENT:
        raise BackupProblem(
            "Falta la clave pública. Haz un par con «manage.py backup --new-key ARCHIVO» y define "
            "ABIERTO_BACKUP_RECIPIENT, o usa --plain si el disco ya está cifrado."
        )
    return Encryption("" if plain else settings.ABIERTO_BACKUP_RECIPIENT)
