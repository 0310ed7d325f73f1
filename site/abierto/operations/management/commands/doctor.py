"""``manage.py doctor``: what is configured, reachable and missing, with the fix for each."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.doctor.diagnosis import Diagnosis, State
from abierto.operations.doctor.questions import examine

MARKS = {State.WELL: "✓", State.WARNING: "!", State.BAD: "✗"}


class Command(BaseCommand):
    """Asks and never changes anything; exits with 1 when something does not work."""

    help = "Dice qué está configurado, qué responde y qué falta, con su arreglo. Sale con 1 si algo está mal."
    # A broken installation is exactly what it has to be able to look at.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="una línea de JSON")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        """Ask everything and say what came of it."""
        found = examine()
        if as_json:
            self.stdout.write(json.dumps([asdict(diagnosis) for diagnosis in found], ensure_ascii=False))
        else:
            for diagnosis in found:
                self.stdout.write(to_text(diagnosis))
        if any(diagnosis.state is State.BAD for diagnosis in found):
            sys.exit(1)


def to_text(diagnosis: Diagnosis) -> str:
    """Return one diagnosis as a person reads it."""
    line = f"{MARKS[diagnosis.state]} {diagnosis.part}: {diagnosis.detail}"
    return f"{line}\n    → {diagnosis.fix}" if diagnosis.fix else line
