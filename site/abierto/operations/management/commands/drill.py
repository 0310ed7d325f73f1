"""``manage.py drill``: back up, restore elsewhere, check the result, and delete both."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.operations.backups.drill import run_drill
from abierto.operations.backups.folder import BackupProblem


class Command(BaseCommand):
    """Does not change the portal. The exit status is 1 if the restored copy fails a check."""

    help = "Ensaya el respaldo: lo hace, lo restaura en un lugar vacío y lo comprueba. El portal no cambia."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--in", dest="place", type=Path, help="carpeta con espacio para dos portales")

    def handle(self, *args: Any, place: Path | None, **options: Any) -> None:
        try:
            figures = run_drill(place)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        made, restored = figures.backup, figures.restored
        self.stdout.write(
            f"Respaldo: {made.seconds:.1f} s, {made.bytes:,} bytes, {made.files} archivos, "
            f"{made.ledger_rows} renglones del libro."
        )
        self.stdout.write(f"Restauración con sus revisiones: {restored['seconds']} s.")
        for message in restored["findings"]:  # type: ignore[attr-defined]
            self.stdout.write(f"- {message}")
        if not figures.is_sound:
            self.stdout.write("El ensayo no pasa.")
            sys.exit(1)
        self.stdout.write("Integridad, libro y archivos: en orden.")
