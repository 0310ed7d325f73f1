"""``manage.py prepare``: create tables, demo content and search indexes in one process."""

import gc
import gettext
import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils.translation import gettext_noop as _

from abierto.operations.new_database import create_tables

REPORT_EVERY = 25
# Migrations and page imports allocate many long-lived objects: with Python's default thresholds, garbage
# collections that free almost nothing take a quarter of the time.
GC_THRESHOLDS = (200_000, 10, 10)


class MigrationProgress(io.StringIO):
    """Output of ``migrate`` that reports progress every ``REPORT_EVERY`` migrations."""

    def __init__(self, command: BaseCommand) -> None:
        super().__init__()
        self.command = command
        self.applied = 0

    def write(self, text: str) -> int:
        """Count the lines that announce a migration."""
        if "Applying " in text:
            self.applied += 1
            if self.applied % REPORT_EVERY == 0:
                self.command.stderr.write(f"  {self.applied} migraciones aplicadas", str)
        return len(text)


class Command(BaseCommand):
    """Bring tables, demo content and indexes up to date; a second run changes nothing."""

    help = "Prepara la base de datos, carga el contenido de Guanajuato y construye el índice de búsqueda."
    # ``migrate`` runs the system checks, including those of the database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="sin el contenido de demostración")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step and report each on standard error before it begins.

        The index is built last: until then the demo's pages are in the outbox, which one rebuild empties.
        """
        gc.set_threshold(*GC_THRESHOLDS)
        self.report(_("Preparo la base de datos"))
        create_tables(connection)
        call_command("migrate", interactive=False, skip_checks=False, stdout=MigrationProgress(self))
        if options["empty"]:
            self.report(_("Preparo un portal sin contenido"))
            call_command("empty_portal", stdout=self.stdout)
        else:
            self.report(_("Cargo el contenido de Guanajuato"))
            call_command("demo", stdout=self.stdout)
        self.report(_("Construyo el índice de búsqueda"))
        call_command("search", "rebuild", stdout=self.stdout)
        call_command("update_index", verbosity=0)

    def report(self, step: str) -> None:
        """Write the name of a step at once, in run.py's format and in the language of the terminal."""
        catalogue = gettext.translation("django", str(settings.LOCALE_PATHS[0]), fallback=True)
        self.stderr.write(f"· {catalogue.gettext(step)}", str)
        self.stderr.flush()
