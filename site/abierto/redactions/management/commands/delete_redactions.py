"""``manage.py delete_redactions``: delete the redactions that their authors did not finish."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.redactions.services import delete_unfinished


class Command(BaseCommand):
    """Delete redactions that were not finished within ``OPEN_DAYS``."""

    help = "Borra los textos con datos ocultos que nadie terminó en un día."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Textos borrados: {delete_unfinished()}.")
