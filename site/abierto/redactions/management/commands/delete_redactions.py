"""``manage.py delete_redactions``: delete the texts of the redaction helper that were not finished."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.redactions.services import delete_unfinished


class Command(BaseCommand):
    """Delete what an author left for a day. May run every hour."""

    help = "Borra los textos con datos ocultos que nadie terminó en un día."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Textos borrados: {delete_unfinished()}.")
