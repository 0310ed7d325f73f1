"""``manage.py close_demo_accounts``: deactivate the demo accounts."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.demo_accounts import close_demo_accounts


class Command(BaseCommand):
    """Close the demo accounts permanently; their content and approvals stay."""

    help = "Cierra las cuentas de demostración: sin contraseña y sin acceso. Lo que hicieron se conserva."
    # A system check fails while demo accounts are active, and this command fixes that.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Cuentas de demostración cerradas: {close_demo_accounts()}.")
