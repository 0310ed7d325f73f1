"""``manage.py archive``: a plan or a space as a BagIt bag, verified; or verify one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from abierto.microsite_copies.bags import BrokenBag, verify_bag, write_bag
from abierto.microsite_copies.content import Part, part_of_plan, part_of_space
from abierto.tenancy.models import Space
from pages.plans.models import PlanPage


class Command(BaseCommand):
    help = "Archiva un plan o un espacio en una carpeta BagIt y la comprueba; con --verify, comprueba una."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="PLAN|ESPACIO", nargs="?", help="su nombre corto en la dirección")
        parser.add_argument("folder", metavar="CARPETA", nargs="?", type=Path, help="no puede existir")
        without = "sin el libro de aprobaciones, que trae también las de otros espacios"
        parser.add_argument("--without-ledger", action="store_true", help=without)
        parser.add_argument("--verify", type=Path, metavar="CARPETA", help="lee de nuevo una carpeta")

    def handle(
        self, what: str | None, folder: Path | None, verify: Path | None, without_ledger: bool, **options: Any
    ) -> None:
        try:
            if verify is not None:
                self.stdout.write(f"Completa y sin cambios: {verify_bag(verify)} archivos.")
                return
            if what is None or folder is None:
                raise CommandError("Escribe qué se archiva y en qué carpeta: archive PLAN|ESPACIO CARPETA")
            with translation.override(settings.LANGUAGE_CODE):
                missing = write_bag(find_part(what), folder, with_ledger=not without_ledger)
            for sentence in missing:
                self.stderr.write(f"Falta {sentence}")
            self.stdout.write(f"{folder}: {verify_bag(folder)} archivos, comprobados.")
        except BrokenBag as error:
            raise CommandError(f"La carpeta no es la que se archivó: {error}") from error
        except FileExistsError as error:
            raise CommandError(f"{folder} ya existe. Escribe el nombre de una carpeta nueva.") from error
        except OSError as error:
            raise CommandError(f"No se pudo archivar: {error.strerror}.") from error


def find_part(key: str) -> Part:
    """Return the plan or the space with a short name; a plan comes first.

    Raises:
        CommandError: without one, or with several.
    """
    plans = list(PlanPage.objects.public().source_language().filter(slug=key)[:2])
    if len(plans) > 1:
        raise CommandError(f"Varios planes se llaman «{key}». Archiva el espacio de cada uno.")
    if plans:
        return part_of_plan(plans[0])
    space = Space.objects.filter(slug=key).first()
    if space is None:
        raise CommandError(f"Ningún plan público ni espacio se llama «{key}».")
    return part_of_space(space)
