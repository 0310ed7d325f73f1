"""``manage.py doctor``: report configuration and services, each problem with its fix."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.diagnosis import State
from abierto.operations.doctor import run_checks


class Command(BaseCommand):
    """Read-only. The exit status is 1 if a check has the state ``ERROR``."""

    help = "Dice qué está configurado, qué responde y qué falta, con su arreglo. Sale con 1 si algo está mal."
    # The command must also run on a broken installation.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="una línea de JSON")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        found = run_checks()
        if as_json:
            self.stdout.write(json.dumps([asdict(diagnosis) for diagnosis in found], ensure_ascii=False))
        else:
            for diagnosis in found:
                self.stdout.write(str(diagnosis))
        if any(diagnosis.state is State.ERROR for diagnosis in found):
            sys.exit(1)
