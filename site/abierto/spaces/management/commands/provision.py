"""``manage.py provision``: the spaces and the microsites of municipalities."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from abierto.registry.models import Municipality
from abierto.spaces.municipalities import NewMunicipality, ProvisioningResult, provision
from abierto.spaces.review_source import ProvisioningRefused


class Command(BaseCommand):
    """Provisions municipalities without accounts; each one is a transaction of its own."""

    help = (
        "Da de alta municipios por su clave INEGI: espacio, grupos, colección, revisión y micrositio. Otra "
        "vez, agrega lo que falte y no cambia nada más. Las cuentas se invitan desde «Espacios»."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", metavar="CLAVE", nargs="*")
        parser.add_argument("--all", action="store_true", dest="is_all", help="todos los del registro")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = []
        for municipality in find_municipalities(options["codes"], options["is_all"]):
            label = f"{municipality.code} {municipality}"
            try:
                done = provision(NewMunicipality(municipality), by=None)
            except ProvisioningRefused as refusal:
                refused.append(f"{label}: {refusal.sentence}")
            else:
                self.stdout.write(f"{label}: {describe(done)}")
        if refused:
            raise CommandError("\n".join(refused))


def find_municipalities(codes: Sequence[str], is_all: bool) -> list[Municipality]:
    """Return the municipalities with these codes, or all public ones.

    Raises:
        CommandError: for an unknown code, or if both or neither are given.
    """
    if bool(codes) == is_all:
        raise CommandError("Escribe las claves INEGI de los municipios, o --all.")
    rows = Municipality.objects.order_by("code")
    if is_all:
        return list(rows.filter(live=True))
    found = list(rows.filter(code__in=codes))
    unknown = sorted(set(codes) - {row.code for row in found})
    if unknown:
        raise CommandError(f"No están en el registro: {', '.join(unknown)}. No se hizo nada.")
    return found


def describe(done: ProvisioningResult) -> str:
    """Describe the objects that a call added."""
    if not done.is_changed:
        return "sin cambios"
    first = "nuevo" if done.is_new else "reparado"
    return f"{first}, {len(done.pages)} páginas" + (
        f", {done.permission_count} permisos" if not done.is_new else ""
    )
