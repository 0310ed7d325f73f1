"""``manage.py read_files``: read the waiting documents, which cannot be published before."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.media.reading import read_waiting


class Command(BaseCommand):
    help = "Lee los documentos que faltan por leer y guarda qué datos personales tienen."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Documentos leídos: {read_waiting()}.")
