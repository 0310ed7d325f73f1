"""``manage.py restore DIR``: restore a backup to an empty installation, and check it."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.operations.backups.decryption import BackupReader, read_keys
from abierto.operations.backups.folder import BackupFolder, BackupProblem
from abierto.operations.backups.restoration import RestoreFigures, restore


class Command(BaseCommand):
    """The exit status is 1 if integrity, ledger or files fail a check."""

    help = "Restaura un respaldo en un lugar vacío y comprueba integridad, libro y archivos."
    # There may be no tables yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="la carpeta de los respaldos")
        parser.add_argument("--backup", default="", metavar="NOMBRE", help="cuál; si no, el último")
        parser.add_argument(
            "--key", action="append", default=[], type=Path, metavar="ARCHIVO", help="clave privada"
        )
        parser.add_argument("--replace", action="store_true", help="reemplaza lo que haya aquí")
        parser.add_argument("--json", action="store_true", dest="as_json", help="una línea de JSON")

    def handle(
        self, folder: Path, backup: str, key: list[Path], replace: bool, as_json: bool, **options: Any
    ) -> None:
        backups = BackupFolder(folder)
        try:
            opened = BackupReader(backups, backups.find(backup), read_keys(key))
            figures = restore(opened, replace, lambda step: self.stderr.write(f"· {step}", str))
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(to_json(figures) if as_json else to_text(figures))
        if not figures.is_sound:
            sys.exit(1)


def to_json(figures: RestoreFigures) -> str:
    facts = {
        "sound": figures.is_sound,
        "chain": figures.is_chain_intact,
        "files": figures.files,
        "left_out": figures.left_out,
        "seconds": round(figures.seconds, 1),
        "findings": [finding.message for finding in figures.findings],
    }
    return json.dumps(facts, ensure_ascii=False)


def to_text(figures: RestoreFigures) -> str:
    lines = [f"Restaurado en {figures.seconds:.1f} s: la base y {figures.files} archivos."]
    if not figures.is_chain_intact:
        lines.append("El libro no termina donde terminaba al respaldar.")
    for finding in figures.findings:
        lines += [finding.message, f"    → {finding.fix}"]
    return "\n".join(lines if not figures.is_sound else [*lines, "Integridad, libro y archivos: en orden."])
