"""``manage.py advisories FILE``: list the installed packages with a known vulnerability."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.operations.advisories import find_advisories, installed_packages, read_records

SOURCE = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"


class Command(BaseCommand):
    """Read-only. The exit status is 1 if an advisory applies."""

    help = f"Compara los paquetes instalados con un archivo de avisos de seguridad. Bájalo de {SOURCE}"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="ARCHIVO", type=Path, help="el ZIP de OSV, o una lista en JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            found = find_advisories(read_records(file), installed_packages())
        except OSError as error:
            raise CommandError(f"No se puede leer {file}. Bájalo de {SOURCE}") from error
        except (ValueError, KeyError) as error:
            raise CommandError(f"{file} no es un archivo de avisos de OSV. Bájalo de {SOURCE}") from error
        for one in found:
            fix = f"Actualiza a {one.fixed} o posterior" if one.fixed else "Aún no hay versión corregida"
            self.stdout.write(f"✗ {one.package} {one.version}: {one.identifier}. {one.summary}\n    → {fix}")
        if found:
            sys.exit(1)
        self.stdout.write("Ningún aviso alcanza a los paquetes instalados.")
