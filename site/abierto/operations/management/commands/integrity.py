"""``manage.py integrity``: check database, files and index."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from abierto.operations.integrity import CHECKS, run_checks
from abierto.operations.integrity.findings import IntegrityFinding


class Command(BaseCommand):
    """Read-only. The exit status is 1 if there are findings."""

    help = (
        "Revisa que todo lo público sea lo aprobado y lo registrado: páginas, libro, cifras, índice, "
        "cuentas, espacios y archivos. Sale con 1 si algo falla."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="una línea de JSON")
        parser.add_argument(
            "--only", action="append", default=[], choices=list(CHECKS), help="solo esta revisión"
        )

    def handle(self, *args: Any, as_json: bool, only: list[str], **options: Any) -> None:
        found = run_checks(only)
        clean = not any(found.values())
        self.stdout.write(to_json(found, clean) if as_json else to_text(found, clean))
        if not clean:
            sys.exit(1)


def to_json(found: dict[str, list[IntegrityFinding]], clean: bool) -> str:
    findings = [
        {"check": name, "message": finding.message, "fix": finding.fix}
        for name, findings in found.items()
        for finding in findings
    ]
    return json.dumps({"ok": clean, "checks": list(found), "findings": findings}, ensure_ascii=False)


def to_text(found: dict[str, list[IntegrityFinding]], clean: bool) -> str:
    if clean:
        return f"Todo en orden: {len(found)} revisiones."
    lines = []
    for name, findings in found.items():
        for finding in findings:
            lines += [f"[{name}] {finding.message}", f"    → {finding.fix}"]
    return "\n".join(lines)
