"""``manage.py work``: the worker process of the portal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.worker import PortalWorker, acting_as_worker, work_once


class Command(BaseCommand):
    """Run until stopped; several workers may run at once. ``--once`` and ``--waiting`` end by themselves."""

    help = (
        "Hace todo lo que espera: el buscador, lo programado, avisos, lecturas, exportaciones y respaldos. "
        "Déjalo corriendo; puede correr dos veces."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        ending = parser.add_mutually_exclusive_group()
        ending.add_argument("--once", action="store_true", help="hace lo que toca y lo que espera, y termina")
        ending.add_argument("--waiting", action="store_true", help="hace solo lo que ya espera, y termina")
        ending.add_argument("--beside", type=int, default=0, help="termina cuando termina este proceso padre")

    def handle(self, *args: Any, once: bool, waiting: bool, beside: int, **options: Any) -> None:
        with acting_as_worker():
            if once or waiting:
                self.stdout.write(f"Trabajos hechos: {work_once(with_due_jobs=once)}.")
            else:
                PortalWorker(beside).run()
