"""``manage.py send_digest``: send the collected errors and slow queries by e-mail."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.digest import send_digest


class Command(BaseCommand):
    """Sends nothing without events, or if the last digest is younger than an hour."""

    help = "Envía a ABIERTO_ALERTS_TO los errores y las consultas lentas, como mucho una vez por hora."
    # It must also run on a broken installation.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Avisos enviados: {send_digest()}.")
