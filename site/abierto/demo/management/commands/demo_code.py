"""``manage.py demo_code``: print the current TOTP code of a demo account."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from abierto.accounts.totp import code_at, seconds_left
from abierto.demo.loader.accounts import FILE_NAME, Account, read_accounts


class Command(BaseCommand):
    """Print a TOTP code, so that the demo can be tried without an authenticator application."""

    help = (
        "Muestra el código de seis cifras con el que entra una cuenta de demostración. Para verlo en un "
        f"teléfono, la dirección «otpauth» de la cuenta está en {FILE_NAME}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USUARIO")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        account = find_account(username)
        if not account.totp_secret:
            raise CommandError(f"La cuenta {username} entra solo con su contraseña.")
        self.stdout.write(f"{code_at(account.totp_secret)}  (cambia en {seconds_left()} segundos)")


def find_account(username: str) -> Account:
    """Return the demo account of this name.

    Raises:
        CommandError: with the existing names, if there is none.
    """
    accounts = {account.username: account for account in read_accounts()}
    if username not in accounts:
        raise CommandError(f"No hay cuenta de demostración «{username}». Están: {', '.join(accounts)}.")
    return accounts[username]
