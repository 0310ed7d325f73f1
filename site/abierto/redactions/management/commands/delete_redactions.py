"""``manage.py delete_redactions``: delete the texts of the redaction helper that are past their term."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.redactions.services import delete_expired


class Command(BaseCommand):
    """Delete what is past its term. May run every hour."""

    help = "Borra los textos con datos ocultos cuyo plazo terminó."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Se borraron {delete_expired()} textos.")
