"""Scan all public content and documents again with the current detectors.

Prints one JSON line for each datum, and exits with 1 if one of them blocks or a file cannot be read. The
files are read again too, so that the next version that shows them is judged by the new detectors.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from wagtail.models import Page

from abierto.approval.confirmations.files import find_reading_warnings, list_findings
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.warnings import exclude_confirmed, find_unconfirmed
from abierto.approval.mixins import FourEyesMixin
from abierto.approval.review.private_data import official_contacts
from abierto.media.models import FileReading, PortalDocument, ReadingState
from abierto.media.reading import read_again
from abierto.privacy.findings import FindingLevel
from abierto.tenancy.reference_policy import space_of_content

Row = dict[str, Any]
type Contacts = Callable[[], set[str]]


class Command(BaseCommand):
    help = "Busca datos personales en todo lo publicado y en los documentos; una línea JSON por hallazgo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--blocking", action="store_true", help="solo lo que nadie puede publicar")

    def handle(self, *, blocking: bool, **options: Any) -> None:
        serious = 0
        for row in [*scan_content(), *scan_documents()]:
            is_serious = row.get("level") == FindingLevel.BLOCK or "error" in row
            serious += is_serious
            if is_serious or not blocking:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        if serious:
            raise CommandError(f"{serious} por corregir: edita el contenido, o retíralo mientras tanto.")


def scan_content() -> Iterator[Row]:
    """Yield the findings in public pages and snippets."""
    for page in Page.objects.live().order_by("pk").specific().iterator():
        yield from scan_object(page)
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not issubclass(model, Page) and not model._meta.proxy:
            for row in model._default_manager.filter(live=True).order_by("pk").iterator():
                yield from scan_object(row)


def scan_object(subject: models.Model) -> Iterator[Row]:
    """Yield the blocking findings of a text, and each warning without a confirmation."""
    scanned = ScannedVersion(subject)
    for placed in scanned.findings:
        if placed.finding.level == FindingLevel.BLOCK:
            yield {
                **describe_object(subject),
                "place": placed.path,
                "type": placed.finding.type,
                "level": placed.finding.level,
            }
    for warning in find_unconfirmed(scanned):
        if not warning.is_in_file:
            yield {
                **describe_object(subject),
                "place": warning.place,
                "type": warning.kind,
                "level": FindingLevel.WARN,
            }


def scan_documents() -> Iterator[Row]:
    """Yield the findings in the files that visitors may be able to download."""
    for document in PortalDocument.objects.order_by("pk").iterator():
        yield from scan_document(document, read_again(document))


def scan_document(document: PortalDocument, reading: FileReading) -> Iterator[Row]:
    if reading.state != ReadingState.READ:
        yield {**describe_object(document), "error": reading.reason}
        return
    contacts = cache(partial(official_contacts, space_of_content(document)))
    for found in list_findings(reading, FindingLevel.BLOCK, contacts):
        place = f"{found['part']} {found['detail']}".strip()
        yield {
            **describe_object(document),
            "place": place,
            "type": found["kind"],
            "level": FindingLevel.BLOCK,
        }
    for warning in exclude_confirmed(list(find_reading_warnings(document, reading, contacts))):
        yield {
            **describe_object(document),
            "place": warning.label_of_place,
            "type": warning.kind,
            "level": FindingLevel.WARN,
        }


def describe_object(subject: models.Model) -> Row:
    return {"object": f"{subject._meta.label_lower}:{subject.pk}", "title": str(subject)}
