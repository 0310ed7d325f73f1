"""``manage.py demo``: load the demo content and accounts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.demo.loader.accounts import AccountTaken, accounts_file
from abierto.demo.loader.load import load_demo


class Command(BaseCommand):
    """Load the missing accounts and pages; a second run changes nothing."""

    help = "Carga el contenido de Guanajuato y las cuentas de demostración. Repetirla no cambia nada."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_demo()
        except AccountTaken as taken:
            raise CommandError(
                f"Ya hay una cuenta «{taken}» que no es de demostración. Cámbiale el nombre y repite."
            ) from taken
        self.stdout.write(f"Páginas nuevas: {made}." if made else "Todo estaba ya cargado: nada cambió.")
        self.stdout.write(f"Cuentas de demostración: {accounts_file()}")
