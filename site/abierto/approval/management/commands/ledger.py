"""``manage.py ledger``: export the ledger of approvals, and verify an exported file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from abierto.approval.ledger.export import BrokenChain, LedgerSeal, export_ledger, verify_export
from abierto.approval.ledger.imports import imported
from abierto.approval.records.comparison import record_unrecorded


class Command(BaseCommand):
    """Export, verify or seal the ledger; or record, with a reason, public content without a record."""

    help = "Exporta el libro encadenado, comprueba un archivo, o registra lo público que no tiene huella."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the three actions with their arguments."""
        actions = parser.add_subparsers(dest="action", required=True)
        exporting = actions.add_parser("export", help="escribe el libro en un archivo")
        exporting.add_argument("file", type=Path)
        recording = actions.add_parser("record", help="registra lo público que aún no tiene huella")
        recording.add_argument("--reason", required=True, help="por qué; queda en el libro")
        verifying = actions.add_parser("verify", help="comprueba un archivo y lo compara con la base")
        verifying.add_argument("file", type=Path)
        verifying.add_argument("--head", default="", help="la huella final que guardaste")
        verifying.add_argument("--file-only", action="store_true", help="sin comparar con la base de datos")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "record":
            self.record(options["reason"])
        else:
            self.run_action(action, options["file"], options)

    def record(self, reason: str) -> None:
        """Record the present state of everything public without a record."""
        if not reason.strip():
            raise CommandError("Escribe el motivo: queda en el libro.")
        with transaction.atomic(), imported(reason):
            titles = record_unrecorded()
        for title in titles:
            self.stdout.write(f"Registrado: «{title}»")
        self.stdout.write(f"Registros nuevos: {len(titles)}.")

    def run_action(self, action: str, file: Path, options: dict[str, Any]) -> None:
        """Export or verify a file and print its seal."""
        try:
            seal = self.export_or_verify(action, file, options)
        except (BrokenChain, UnicodeDecodeError) as error:
            raise CommandError(f"El libro no es el que se exportó. {error}") from error
        except OSError as error:
            raise CommandError(f"No se puede con el archivo {file}: {error.strerror}.") from error
        self.stdout.write(f"{seal.rows} renglones. Huella final: {seal.head}")

    @staticmethod
    def export_or_verify(action: str, file: Path, options: dict[str, Any]) -> LedgerSeal:
        if action == "export":
            return export_ledger(file)
        return verify_export(file, against_database=not options["file_only"], head=options["head"])
