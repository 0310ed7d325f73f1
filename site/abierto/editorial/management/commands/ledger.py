"""``manage.py ledger``: the ledger of approvals as a file that shows whether anybody touched it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.editorial.ledger.chain import BrokenChain, Seal, export, verify


class Command(BaseCommand):
    """Writes a file, or reads one; never the ledger."""

    help = "Exporta el libro de aprobaciones encadenado, o comprueba que un archivo no cambió."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and with which file."""
        actions = parser.add_subparsers(dest="action", required=True)
        exporting = actions.add_parser("export", help="escribe el libro en un archivo")
        exporting.add_argument("file", type=Path)
        verifying = actions.add_parser("verify", help="comprueba un archivo y lo compara con la base")
        verifying.add_argument("file", type=Path)
        verifying.add_argument("--head", default="", help="la huella final que guardaste")
        verifying.add_argument("--file-only", action="store_true", help="sin comparar con la base de datos")

    def handle(self, *args: Any, action: str, file: Path, **options: Any) -> None:
        """Do it and say what to keep."""
        try:
            seal = self.act(action, file, options)
        except (BrokenChain, UnicodeDecodeError) as error:
            raise CommandError(f"El libro no es el que se exportó. {error}") from error
        except OSError as error:
            raise CommandError(f"No se puede con el archivo {file}: {error.strerror}.") from error
        self.stdout.write(f"{seal.rows} renglones. Huella final: {seal.head}")

    @staticmethod
    def act(action: str, file: Path, options: dict[str, Any]) -> Seal:
        """Export or verify."""
        if action == "export":
            return export(file)
        return verify(file, against_database=not options["file_only"], head=options["head"])
