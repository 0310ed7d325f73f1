"""``manage.py move_database FILE``: move the SQLite database to the PostgreSQL of ``DATABASE_URL``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from abierto.operations.database_move import MoveProblem, move_database


class Command(BaseCommand):
    """Copy all rows, compare all tables and verify the ledger, or change nothing."""

    help = "Pasa el portal de SQLite a la base vacía de PostgreSQL que señala DATABASE_URL: todo o nada."
    # The new database has no tables yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="la base de SQLite, por ejemplo var/abierto.sqlite3")
        parser.add_argument("--dry-run", action="store_true", help="lo hace, lo compara y lo borra de nuevo")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            moved = move_database(file, dry_run, lambda step: self.stderr.write(f"· {step}", str))
        except MoveProblem as problem:
            raise CommandError(str(problem)) from problem
        for table in moved:
            self.stdout.write(f"{table.name}: {table.rows} renglones, {table.digest[:12]}")
        total = sum(table.rows for table in moved)
        if dry_run:
            self.stdout.write(f"Ensayo: {total} renglones llegarían iguales. La base nueva quedó vacía.")
            return
        call_command("update_index", verbosity=0)
        call_command("search", "rebuild", verbosity=0)
        self.stdout.write(f"{total} renglones, iguales en las dos bases. El libro está completo.")
