"""``manage.py harvest``: read the open data that municipalities publish on their own sites."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.board.site_client import SiteVisitor
from abierto.harvest.services import MAX_BYTES, harvest_all


class Command(BaseCommand):
    """Store the record of each municipality with an address of its data; its page shows it as external."""

    help = (
        "Lee los datos que los municipios publican en su propio sitio y los guarda aparte, como externos. "
        "Nunca visita direcciones internas, ni por redirección."
    )
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        count = failures = 0
        for town, record in harvest_all(SiteVisitor(max_bytes=MAX_BYTES)):
            count += 1
            failures += bool(record.failure)
            self.stdout.write(f"{town}: {record.failure or 'leído'}")
        self.stdout.write(f"{count} direcciones, {failures} sin leer.")
