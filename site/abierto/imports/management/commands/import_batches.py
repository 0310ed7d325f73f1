"""``manage.py import_batches``: check, load and undo the waiting imports."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.imports.services import WORK


class Command(BaseCommand):
    help = "Revisa, carga y deshace los lotes de importación que esperan."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Pasos hechos: {WORK.run()}.")
