"""``manage.py encrypt_second_factors``: store the secrets of second factors with the first key (rotation)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.accounts.second_factor import encrypt_factors_anew


class Command(BaseCommand):
    """After this, an earlier key can be deleted and every second factor stays valid."""

    help = "Guarda los códigos del segundo paso con la clave actual. Después se puede borrar la anterior."

    def handle(self, *args: Any, **options: Any) -> None:
        stored, lost = encrypt_factors_anew()
        self.stdout.write(f"Segundos pasos guardados con la clave actual: {stored}.")
        if lost:
            names = ", ".join(lost)
            raise CommandError(
                f"Ninguna clave lee los de: {names}. Agrega la clave con que se guardaron a "
                "ABIERTO_OLD_SECRET_KEYS, o quítalos con: remove_second_factor USUARIO"
            )
