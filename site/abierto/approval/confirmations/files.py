"""Check the files of a version: each must be read, and contain no data that may never be public."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abierto.approval.references.extraction import iter_references
from abierto.approval.review.private_data import KIND_LABELS, describe, scan_without_official_contacts
from abierto.media.models import FileReading, PortalDocument, PortalImage, ReadingState
from abierto.media.reading import MISSING, TOO_MANY, hash_contact, load_readings, read_now, request_reading
from abierto.privacy.excerpts import SHOWN, make_excerpt, make_fingerprint
from abierto.privacy.extraction.parts import FilePart, Note, Reason
from abierto.privacy.findings import FindingLevel, PersonalDataKind

from .privacy_warning import PrivacyWarning, Target

Contacts = Callable[[], set[str]]

REASONS = {
    Reason.EMPTY: gettext_lazy("está vacío. Súbelo otra vez."),
    Reason.ENCRYPTED: gettext_lazy("tiene contraseña. Guárdalo sin ella y súbelo como documento nuevo."),
    Reason.DAMAGED: gettext_lazy("está dañado. Ábrelo, guárdalo otra vez y súbelo como documento nuevo."),
    Reason.UNKNOWN_FORMAT: gettext_lazy("tiene un formato que no se puede leer. Súbelo como PDF."),
    Reason.TOO_LARGE: gettext_lazy(
        "es demasiado grande, o crece demasiado al abrirse. Divídelo en partes y súbelas."
    ),
    Reason.TOO_SLOW: gettext_lazy("tarda demasiado en leerse. Divídelo en partes y súbelas."),
    MISSING: gettext_lazy("ya no está guardado. Súbelo otra vez."),
    TOO_MANY: gettext_lazy("tiene cientos de datos que pueden ser personales. Sube una versión pública."),
}
"""Why a file cannot be read, and the remedy; each follows the title of the file."""

NOTES = {
    Note.NO_TEXT: gettext_lazy("archivo sin texto, como un escaneo: nadie buscó en él datos personales"),
    Note.MACROS: gettext_lazy("archivo con macros"),
    Note.EXTERNAL_REFERENCE: gettext_lazy("archivo que carga algo de otra dirección"),
    Note.UNREADABLE_PART: gettext_lazy("archivo con una parte que no se pudo leer"),
    Note.LOCATION: gettext_lazy("archivo que dice en qué lugar se hizo"),
}
"""What a person confirms beside the text of a file."""

PARTS = {
    FilePart.PAGE: gettext_lazy("página %(detail)s"),
    FilePart.ANNOTATION: gettext_lazy("nota o campo en la página %(detail)s"),
    FilePart.EARLIER_VERSION: gettext_lazy("versión anterior guardada en el archivo, página %(detail)s"),
    FilePart.BODY: gettext_lazy("texto"),
    FilePart.FORM: gettext_lazy("formulario"),
    FilePart.HEADER: gettext_lazy("encabezado, pie o nota"),
    FilePart.COMMENT: gettext_lazy("comentario"),
    FilePart.SHEET: gettext_lazy("hoja %(detail)s"),
    FilePart.PROPERTIES: gettext_lazy("propiedades del archivo"),
    FilePart.ATTACHMENT: gettext_lazy("archivo adjunto %(detail)s"),
    FilePart.OTHER: gettext_lazy("otra parte del archivo"),
}

Problem = tuple[str, str]


def find_file_problems(files: ReferencedFiles, contacts: Contacts) -> Iterator[Problem]:
    """Yield why the files of a version cannot be published: unread, unreadable, or with data that block."""
    for document, reading in files.documents.items():
        for sentence in find_reading_problems(document, reading, contacts):
            yield NON_FIELD_ERRORS, sentence
    for file in files.all:
        for text in own_texts(file):
            for finding in scan_without_official_contacts(text, contacts):
                if finding.level == FindingLevel.BLOCK:
                    yield NON_FIELD_ERRORS, f"«{file.title}»: {describe(text, finding)}"


def find_file_warnings(files: ReferencedFiles, contacts: Contacts) -> Iterator[PrivacyWarning]:
    """Yield the warnings in the files of a version, which a person must confirm."""
    for document, reading in files.documents.items():
        if reading is not None and reading.state == ReadingState.READ:
            yield from find_reading_warnings(document, reading, contacts)
    for file in files.all:
        yield from find_title_warnings(file, contacts)


@dataclass(frozen=True)
class ReferencedFiles:
    """The documents that a version refers to, each with its reading, and the images."""

    documents: dict[PortalDocument, FileReading | None]
    images: list[PortalImage]

    @property
    def all(self) -> list[PortalDocument | PortalImage]:
        return [*self.documents, *self.images]


def load_files(subject: models.Model) -> ReferencedFiles:
    """Return the files that a field, a block or a link of ``subject`` refers to; no query for none."""
    keys: dict[Any, set[Any]] = {PortalDocument: set(), PortalImage: set()}
    for reference in iter_references(subject):
        if reference.model in keys and reference.pk is not None:
            keys[reference.model].add(reference.pk)
    documents: list[PortalDocument] = load_rows(PortalDocument, keys[PortalDocument])
    readings = load_readings(documents) if documents else {}
    return ReferencedFiles(
        {document: readings.get(document.pk) for document in documents},
        load_rows(PortalImage, keys[PortalImage]),
    )


def load_rows(model: type[models.Model], keys: set[Any]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=keys).order_by("pk")) if keys else []


def read_files_of(subject: models.Model) -> None:
    """Read the unread files of ``subject`` at once, for imports and commands."""
    unread = [document for document, reading in load_files(subject).documents.items() if is_unread(reading)]
    read_now(unread)


def is_unread(reading: FileReading | None) -> bool:
    return reading is None or reading.state == ReadingState.PENDING


# --- Documents -----------------------------------------------------------------------------------------


def find_reading_problems(
    document: PortalDocument, reading: FileReading | None, contacts: Contacts
) -> Iterator[str]:
    """Yield why the file of a document cannot be published."""
    title = f"«{document.title}»"
    if reading is None or is_unread(reading):
        request_reading(document, reading)
        yield _("%(file)s se está leyendo. Espera un momento y envía otra vez.") % {"file": title}
    elif reading.state == ReadingState.REFUSED:
        yield f"{title} {REASONS.get(reading.reason, REASONS[Reason.DAMAGED])}"
    else:
        for found in list_findings(reading, FindingLevel.BLOCK, contacts):
            sentence = _(
                "%(file)s, %(place)s: quita el dato personal que empieza con «%(start)s» (%(kind)s) y sube "
                "una versión nueva."
            )
            yield sentence % {
                "file": title,
                "place": place_label(found),
                "start": found["excerpt"][:SHOWN],
                "kind": KIND_LABELS[PersonalDataKind(found["kind"])],
            }


def list_findings(reading: FileReading, level: FindingLevel, contacts: Contacts) -> list[dict[str, str]]:
    """Return the findings of a file of one level, without official contacts."""
    found = [finding for finding in reading.findings if finding["level"] == level]
    if not any(finding["contact"] for finding in found):
        return found
    official = {hash_contact(contact) for contact in contacts()}
    return [finding for finding in found if finding["contact"] not in official]


def place_label(found: dict[str, str]) -> str:
    """Return where in its file a finding is."""
    label = PARTS[FilePart(found["part"])]
    return str(label) % {"detail": found["detail"]} if "%(detail)s" in str(label) else str(label)


def find_reading_warnings(
    document: PortalDocument, reading: FileReading, contacts: Contacts
) -> Iterator[PrivacyWarning]:
    target = file_target(document, reading.sha256)
    for note in reading.notes:
        yield PrivacyWarning(
            target=target,
            place=NON_FIELD_ERRORS,
            kind=note,
            label=str(NOTES[Note(note)]),
            fingerprint=make_fingerprint("", note, ""),
            label_of_place=f"«{document.title}»",
            is_in_file=True,
        )
    for found in list_findings(reading, FindingLevel.WARN, contacts):
        yield PrivacyWarning(
            target=target,
            place=NON_FIELD_ERRORS,
            kind=found["kind"],
            label=str(KIND_LABELS[PersonalDataKind(found["kind"])]),
            excerpt=found["excerpt"],
            before=found["before"],
            after=found["after"],
            fingerprint=found["fingerprint"],
            label_of_place=f"«{document.title}», {place_label(found)}",
            is_in_file=True,
        )


def file_target(file: models.Model, sha: str) -> Target:
    return ContentType.objects.get_for_model(file).pk, str(file.pk), sha


# --- The names of a file ----------------------------------------------------------------------------


def own_texts(file: Any) -> list[str]:
    """Return the texts of a document or an image that visitors read."""
    names = [name for name in type(file).public_fields if isinstance(file._meta.get_field(name), TEXTS)]
    return [text for name in names if (text := getattr(file, name))]


TEXTS = (models.CharField, models.TextField)


def find_title_warnings(file: Any, contacts: Contacts) -> Iterator[PrivacyWarning]:
    texts = own_texts(file)
    for text in texts:
        findings = scan_without_official_contacts(text, contacts)
        for finding in findings:
            if finding.level != FindingLevel.WARN:
                continue
            excerpt = make_excerpt(text, finding, findings)
            yield PrivacyWarning(
                target=file_target(file, hashlib.sha256("\n".join(texts).encode()).hexdigest()),
                place=NON_FIELD_ERRORS,
                kind=finding.type,
                label=str(KIND_LABELS[finding.type]),
                excerpt=excerpt.shown,
                before=excerpt.before,
                after=excerpt.after,
                fingerprint=make_fingerprint("", finding.type, text[finding.start : finding.end]),
                label_of_place=_("Nombre o descripción de «%(file)s»") % {"file": file.title},
                is_in_file=True,
            )
