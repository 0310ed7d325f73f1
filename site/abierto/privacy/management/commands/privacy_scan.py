"""``manage.py privacy_scan``: search texts on standard input, or files, for personal data.

python manage.py privacy_scan < texts.jsonl
python manage.py privacy_scan --file informe.pdf --allow transparencia@guanajuato.gob.mx
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.privacy.contacts import normalize_contact
from abierto.privacy.extraction.parts import UnreadableFileError
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.findings import Finding
from abierto.privacy.scanning import scan


class Command(BaseCommand):
    help = "Lista los datos personales de textos: una línea JSON por cada línea JSON de la entrada."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--allow",
            action="append",
            default=[],
            metavar="CONTACTO",
            help="Correo o teléfono oficial que no se señala; puede repetirse.",
        )

        parser.add_argument(
            "--file",
            action="append",
            default=[],
            type=Path,
            metavar="ARCHIVO",
            help="Lee este archivo en vez de la entrada; puede repetirse. Una línea JSON por archivo.",
        )

    def handle(self, *, allow: list[str], file: list[Path], **options: Any) -> None:
        allowed = {normalize_contact(contact) for contact in allow}
        if file:
            for path in file:
                self.stdout.write(json.dumps(scan_file(path, allowed), ensure_ascii=False))
            return
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            row = read_row(line, number)
            findings = [describe(finding) for finding in scan(row["text"], allowed)]
            self.stdout.write(json.dumps({"id": row["id"], "findings": findings}))


def read_row(line: bytes, number: int) -> dict[str, Any]:
    """Parse one line of the input.

    Raises:
        CommandError: for a line that is not an object with ``id`` and ``text``.
    """
    try:
        row = json.loads(line.decode("utf-8", errors="replace"))
    except ValueError as error:
        raise CommandError(f"La línea {number} no es JSON: {error}") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise CommandError(f'La línea {number} debe ser {{"id": …, "text": "…"}}.')
    return row


def scan_file(path: Path, allowed: Collection[str]) -> dict[str, Any]:
    """Return the findings of a file with their parts, or the reason why it cannot be read."""
    try:
        extraction = extract_isolated(path)
    except UnreadableFileError as error:
        return {"id": str(path), "error": error.reason}
    except OSError as error:
        raise CommandError(f"No se puede abrir {path}: {error.strerror}") from error
    findings = [
        {**describe(finding), "part": section.part, "detail": section.detail}
        for section in extraction.sections
        for finding in scan(section.text, allowed)
    ]
    return {"id": str(path), "findings": findings, "notes": sorted(extraction.notes)}


def describe(finding: Finding) -> dict[str, Any]:
    return {"type": finding.type, "start": finding.start, "end": finding.end, "level": finding.level}
