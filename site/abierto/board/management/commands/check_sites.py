"""``manage.py check_sites``: visit the municipalities' own sites."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from abierto.board.models import SiteCheck
from abierto.board.site_client import SiteVisitor
from abierto.registry.models import Municipality

MAX_PARALLEL = 16


class Command(BaseCommand):
    """Store, for each public municipality with a site, whether it answers; the board shows it."""

    help = (
        "Visita los sitios propios de los municipios y guarda si responden. "
        "Nunca visita direcciones internas, ni por redirección."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--parallel", type=int, default=4, help=f"cuántos a la vez, de 1 a {MAX_PARALLEL} (4)"
        )

    def handle(self, *args: Any, parallel: int, **options: Any) -> None:
        if not 1 <= parallel <= MAX_PARALLEL:
            raise CommandError(f"--parallel va de 1 a {MAX_PARALLEL}.")
        towns = list(Municipality.objects.public().exclude(external_site_url="").order_by("name"))
        for number, (town, check) in enumerate(check_sites(towns, SiteVisitor(), parallel), start=1):
            end = f" ({check.detail})" if check.detail else ""
            self.stdout.write(f"{number} de {len(towns)}: {town}: {check.get_state_display()}{end}")
        self.stdout.write(f"Sitios revisados: {len(towns)}.")


def check_sites(
    towns: Iterable[Municipality], visitor: SiteVisitor, parallel: int
) -> Iterator[tuple[Municipality, SiteCheck]]:
    """Visit the sites of ``towns``, ``parallel`` at a time; yield each as soon as its result is stored.

    Only this thread writes to the database.
    """
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        visits = {pool.submit(visitor.visit, town.external_site_url): town for town in towns}
        for done in as_completed(visits):
            town, found = visits[done], done.result()
            check, _is_new = SiteCheck.objects.update_or_create(
                municipality=town,
                defaults={
                    "url": town.external_site_url,
                    "state": found.state,
                    "detail": found.detail,
                    "checked_at": timezone.now(),
                },
            )
            yield town, check
