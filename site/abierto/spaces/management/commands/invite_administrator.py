"""``manage.py invite_administrator``: the first administrators of the state, by a link for one use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from abierto.accounts.invitations import build_invitation_url
from abierto.spaces.administrators import AccountInUse, invite_administrator


class Command(BaseCommand):
    """Creates an account without a password, sends its invitation and prints the link."""

    help = (
        "Invita a una persona a administrar el portal y a revisar por el equipo estatal: le envía un enlace, "
        "de un solo uso, y lo imprime. Hacen falta dos: una escribe y da los papeles, la otra aprueba y los "
        "confirma."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="CORREO")
        parser.add_argument("--name", required=True, metavar="NOMBRE", help="como lo verá la gente")
        parser.add_argument("--surname", default="", metavar="APELLIDOS")

    def handle(self, *args: Any, **options: Any) -> None:
        address: str = options["address"]
        try:
            validate_email(address)
            account = invite_administrator(address, options["name"], options["surname"])
        except ValidationError as error:
            raise CommandError(f"«{address}» no es un correo completo.") from error
        except AccountInUse as error:
            raise CommandError(
                f"Ya hay una cuenta «{error}» en uso o cerrada. Dale el papel en Configuración › Cuentas."
            ) from error
        self.stdout.write(f"Invitación para {account.email}. Si la carta no llega, entrega este enlace:")
        self.stdout.write(build_invitation_url(account))
