"""Search everything that is public again: detectors improve, and what passed once may not pass now.

Prints one JSON line for each datum, and exits with 1 if one of them blocks or a file cannot be read.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.core.files.temp import NamedTemporaryFile
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from wagtail.documents import get_document_model
from wagtail.models import Page

from abierto.approval.mixins import FourEyesMixin
from abierto.approval.review.private_data import iter_texts, official_contacts, scan_without_official_contacts
from abierto.privacy.extraction.parts import UnreadableFileError
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.findings import Level

Row = dict[str, Any]
type Contacts = Callable[[], set[str]]


class Command(BaseCommand):
    help = "Busca datos personales en todo lo publicado y en los documentos; una línea JSON por hallazgo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--blocking", action="store_true", help="solo lo que nadie puede publicar")

    def handle(self, *, blocking: bool, **options: Any) -> None:
        serious = 0
        contacts = cache(official_contacts)
        for row in [*scan_content(contacts), *scan_documents(contacts)]:
            is_serious = row.get("level") == Level.BLOCK or "error" in row
            serious += is_serious
            if is_serious or not blocking:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        if serious:
            raise CommandError(f"{serious} por corregir: edita el contenido, o retíralo mientras tanto.")


def scan_content(contacts: Contacts) -> Iterator[Row]:
    """Yield what is found in public pages and snippets."""
    for page in Page.objects.live().order_by("pk").specific().iterator():
        yield from scan_object(page, contacts)
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not issubclass(model, Page) and not model._meta.proxy:
            for row in model._default_manager.filter(live=True).order_by("pk").iterator():
                yield from scan_object(row, contacts)


def scan_object(subject: models.Model, contacts: Contacts) -> Iterator[Row]:
    for path, text in iter_texts(subject):
        for finding in scan_without_official_contacts(text, contacts):
            yield {**name(subject), "place": path, "type": finding.type, "level": finding.level}


def scan_documents(contacts: Contacts) -> Iterator[Row]:
    """Yield what is found in the files that visitors may be able to download."""
    for document in get_document_model().objects.order_by("pk").iterator():
        yield from scan_document(document, contacts)


def scan_document(document: Any, contacts: Contacts) -> Iterator[Row]:
    try:
        with local_copy(document.file.storage, document.file.name) as file:
            extraction = extract_isolated(Path(file.name))
    except UnreadableFileError as error:
        yield {**name(document), "error": error.reason}
        return
    except FileNotFoundError:
        yield {**name(document), "error": "missing"}
        return
    for section in extraction.sections:
        place = f"{section.part} {section.detail}".strip()
        for finding in scan_without_official_contacts(section.text, contacts):
            yield {**name(document), "place": place, "type": finding.type, "level": finding.level}


def local_copy(storage: Storage, stored_name: str) -> Any:
    """Return a temporary file with the content of a stored one, which may be on another machine."""
    copy = NamedTemporaryFile()
    with storage.open(stored_name) as stored:
        for chunk in stored.chunks():
            copy.write(chunk)
    copy.flush()
    return copy


def name(subject: models.Model) -> Row:
    return {"object": f"{subject._meta.label_lower}:{subject.pk}", "title": str(subject)}
