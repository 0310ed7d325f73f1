"""``manage.py archive``: write and verify a BagIt bag of a plan or a space, or verify an existing one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from django.utils import translation
from wagtail.models import Page

from abierto.microsite_copies.bagit_archive import BrokenBag, verify_bag, write_bag
from abierto.microsite_copies.content import PortalPart, part_of_plan, part_of_space
from abierto.opendata.pdf import PRINTED, BusyError, TooLongError, is_available, pdf_of
from abierto.tenancy.models import Space
from pages.plans.models import PlanPage


class Command(BaseCommand):
    help = "Archiva un plan o un espacio en una carpeta BagIt y la comprueba; con --verify, comprueba una."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="PLAN|ESPACIO", nargs="?", help="su nombre corto en la dirección")
        parser.add_argument("folder", metavar="CARPETA", nargs="?", type=Path, help="no puede existir")
        without = "sin el libro de aprobaciones, que trae también las de otros espacios"
        parser.add_argument("--without-ledger", action="store_true", help=without)
        parser.add_argument("--without-pdf", action="store_true", help="sin el PDF de cada página")
        parser.add_argument("--verify", type=Path, metavar="CARPETA", help="lee de nuevo una carpeta")

    def handle(
        self,
        what: str | None,
        folder: Path | None,
        verify: Path | None,
        without_ledger: bool,
        without_pdf: bool,
        **options: Any,
    ) -> None:
        try:
            if verify is not None:
                self.stdout.write(f"Completa y sin cambios: {verify_bag(verify)} archivos.")
                return
            if what is None or folder is None:
                raise CommandError("Escribe qué se archiva y en qué carpeta: archive PLAN|ESPACIO CARPETA")
            with_pdf = not without_pdf and is_available()
            if not (without_pdf or with_pdf):
                self.stderr.write("Sin PDF: falta WeasyPrint o Pango (manage.py check dice cómo).")
            with translation.override(settings.LANGUAGE_CODE):
                read = read_pdf if with_pdf else None
                missing = write_bag(find_part(what), folder, not without_ledger, read)
            for sentence in missing:
                self.stderr.write(f"Falta {sentence}")
            self.stdout.write(f"{folder}: {verify_bag(folder)} archivos, comprobados.")
        except BrokenBag as error:
            raise CommandError(f"La carpeta no es la que se archivó: {error}") from error
        except FileExistsError as error:
            raise CommandError(f"{folder} ya existe. Escribe el nombre de una carpeta nueva.") from error
        except OSError as error:
            raise CommandError(f"No se pudo archivar: {error.strerror}.") from error


def read_pdf(page: Page) -> bytes | None:
    """Return a public page as PDF; None for a page of another type.

    Raises:
        ValueError: if it cannot be made, with the sentence for the manifest.
    """
    if page.specific_class is None or not issubclass(page.specific_class, PRINTED):
        return None
    try:
        return pdf_of(page)
    except Http404:
        return None
    except (BusyError, TooLongError) as error:
        raise ValueError("Su PDF no se pudo hacer: la página es muy larga.") from error


def find_part(key: str) -> PortalPart:
    """Return the plan with this slug, else the space.

    Raises:
        CommandError: if there is none, or several plans.
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
