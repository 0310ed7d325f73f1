"""``manage.py empty_portal``: create the languages, the home page and the state's space."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.spaces.empty_portal import build_empty_portal


class Command(BaseCommand):
    """Creates what is missing; repeating it changes nothing."""

    help = "Prepara un portal sin contenido: lenguas, portada y el espacio del equipo estatal."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Portada: {build_empty_portal()}")
