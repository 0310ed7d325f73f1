"""``manage.py remove_second_factor``: for an administrator who lost her own factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from abierto.accounts.models import User
from abierto.accounts.second_factor import remove_second_factor


class Command(BaseCommand):
    """Removes the second factors of one account from the command line."""

    help = "Quita el segundo paso de una cuenta y cierra sus sesiones. Pondrá otro la próxima vez que entre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USUARIO")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No hay ninguna cuenta con el usuario «{username}».")
        self.stdout.write(f"Segundos pasos quitados a {username}: {remove_second_factor(user)}.")
