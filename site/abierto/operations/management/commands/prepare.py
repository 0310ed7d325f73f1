"""``manage.py prepare``: the tables, the demo content and the search index, in one process."""

import gc
import io
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

REPORT_EVERY = 25
# Applying migrations and importing pages allocate many long-lived objects: with Python's default thresholds,
# a quarter of the time goes into garbage collections that free almost nothing.
GC_THRESHOLDS = (200_000, 10, 10)


class MigrationProgress(io.StringIO):
    """Output of ``migrate`` that passes on a line of progress every few migrations."""

    def __init__(self, command: BaseCommand) -> None:
        super().__init__()
        self.command = command
        self.applied = 0

    def write(self, text: str) -> int:
        """Count the migrations as ``migrate`` announces them."""
        if "Applying " in text:
            self.applied += 1
            if self.applied % REPORT_EVERY == 0:
                self.command.stderr.write(f"  {self.applied} migraciones aplicadas", str)
        return len(text)


class Command(BaseCommand):
    """Brings tables, demo content and index up to date; running it again changes nothing."""

    help = "Prepara la base de datos, carga el contenido de Guanajuato y construye el índice de búsqueda."
    # ``migrate`` runs the system checks, those of the database included.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step and report each on standard error before it begins.

        The index comes last: while it is missing, the demo's pages wait in the outbox, and the rebuild
        settles them all at once.
        """
        gc.set_threshold(*GC_THRESHOLDS)
        self.report("Preparo la base de datos")
        call_command("migrate", interactive=False, skip_checks=False, stdout=MigrationProgress(self))
        self.report("Cargo el contenido de Guanajuato")
        call_command("demo", stdout=self.stdout)
        self.report("Construyo el índice de búsqueda")
        call_command("search", "rebuild", stdout=self.stdout)

    def report(self, step: str) -> None:
        """Write the name of a step at once, in the form that run.py uses."""
        self.stderr.write(f"· {step}", str)
        self.stderr.flush()
