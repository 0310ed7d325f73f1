"""``manage.py propose_deletions``: propose the deletion of rows past their term."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from abierto.retention.services import propose_due_deletions


class Command(BaseCommand):
    """Create proposals; nothing is deleted. A second run changes nothing."""

    help = "Propone que se borre lo que cumplió su plazo; lo aprueban dos personas en la administración."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            made = propose_due_deletions()
        self.stdout.write(f"Propuestas nuevas: {len(made)}.")
