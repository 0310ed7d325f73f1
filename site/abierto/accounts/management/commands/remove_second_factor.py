"""``manage.py remove_second_factor``: for the one who would remove others', and lost her own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from abierto.accounts.models import User
from abierto.accounts.second_factor import take_away


class Command(BaseCommand):
    """Whoever runs it has the machine, and with it everything."""

    help = "Quita el segundo paso de una cuenta y cierra sus sesiones. Pondrá otro la próxima vez que entre."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whose."""
        parser.add_argument("username", metavar="USUARIO")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Remove them, and say how many there were."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No hay ninguna cuenta con el usuario «{username}».")
        self.stdout.write(f"Segundos pasos quitados a {username}: {take_away(user)}.")
