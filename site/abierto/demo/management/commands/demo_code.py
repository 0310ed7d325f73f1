"""``manage.py demo_code``: the code that the telephone of a demo account would show now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from abierto.accounts.totp import code_at, seconds_left
from abierto.demo.loader.accounts import FILE_NAME, Account, read_accounts


class Command(BaseCommand):
    """One person walks through the demo as several: this is their telephones."""

    help = (
        "Muestra el código de seis cifras con el que entra una cuenta de demostración. Para verlo en un "
        f"teléfono, la dirección «otpauth» de la cuenta está en {FILE_NAME}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whose."""
        parser.add_argument("username", metavar="USUARIO")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Print the code, and for how long it is good."""
        account = find(username)
        if not account.totp_secret:
            raise CommandError(f"La cuenta {username} entra solo con su contraseña.")
        self.stdout.write(f"{code_at(account.totp_secret)}  (cambia en {seconds_left()} segundos)")


def find(username: str) -> Account:
    """Return the demo account of this name.

    Raises:
        CommandError: when there is none; the message says which there are.
    """
    accounts = {account.username: account for account in read_accounts()}
    if username not in accounts:
        raise CommandError(f"No hay cuenta de demostración «{username}». Están: {', '.join(accounts)}.")
    return accounts[username]
