"""``manage.py close_demo_accounts``: nobody signs in with a password that was printed on a screen."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.demo_accounts import close_demo_accounts


class Command(BaseCommand):
    """Closes them for good; what they wrote and approved stays in the trace."""

    help = "Cierra las cuentas de demostración: sin contraseña y sin acceso. Lo que hicieron se conserva."
    # A system check refuses while they are open: this is how to close them.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Close the accounts and say how many there were."""
        self.stdout.write(f"Cuentas de demostración cerradas: {close_demo_accounts()}.")
