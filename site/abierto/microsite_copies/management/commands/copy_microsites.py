"""``manage.py copy_microsites``: make the ordered copies of microsites, or write one to a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.microsite_copies.content import write_copy
from abierto.microsite_copies.services import make_waiting_copies
from abierto.spaces.models import MunicipalitySpace


class Command(BaseCommand):
    help = "Hace las copias de micrositios que esperan, o escribe la de un municipio en un archivo ZIP."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="La clave INEGI del municipio, por ejemplo 11010.")
        parser.add_argument("--output", type=Path, help="El archivo ZIP que se escribe. No puede existir.")

    def handle(self, code: str | None, output: Path | None, **options: Any) -> None:
        if code is None:
            self.stdout.write(f"Copias hechas: {make_waiting_copies()}.")
            return
        link = MunicipalitySpace.objects.filter(municipality__code=code).select_related("holder").first()
        if link is None:
            raise CommandError(f"Ningún micrositio es del municipio {code}.")
        path = output or Path(f"{link.holder.slug}.zip")
        try:
            with path.open("xb") as target:
                written = write_copy(link.holder, target)
        except FileExistsError as error:
            raise CommandError(f"{path} ya existe. Elige otro con --output.") from error
        for lost in written.missing:
            self.stderr.write(f"Falta «{lost['title']}»: {lost['reason']}")
        self.stdout.write(f"{path}: {len(written.entries)} archivos.")
