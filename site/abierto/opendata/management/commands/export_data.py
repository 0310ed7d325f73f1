"""``manage.py export_data``: build the ZIP archive of all open data, if public content has changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from abierto.opendata.archive import build_archive, find_archive
from abierto.portal import make_request


class Command(BaseCommand):
    help = "Arma el ZIP con todos los datos abiertos y reemplaza el anterior de una vez."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="Aunque nada haya cambiado.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the archive, unless the stored one is current."""
        known = find_archive()
        if known is not None and known.is_current() and known.may_be_served() and not options["force"]:
            self.stdout.write("Nada cambió: el ZIP está al día.")
            return
        path = build_archive(make_request())
        self.stdout.write(f"Listo: {path} ({path.stat().st_size:,} bytes).")
