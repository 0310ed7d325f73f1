"""Read the text of stored documents and store the findings.

Each new file gets a pending ``FileReading``. After the commit the worker reads it, never the request;
``manage.py read_files`` reads the pending files by hand or on a schedule.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.temp import NamedTemporaryFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from abierto.jobs.services import start_job
from abierto.privacy.contacts import normalize_address_at, normalize_contact
from abierto.privacy.excerpts import make_excerpt, make_fingerprint
from abierto.privacy.extraction.dispatch import extract_file
from abierto.privacy.extraction.parts import Extraction, FilePart, Section, UnreadableFileError
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.findings import Finding, FindingLevel, PersonalDataKind
from abierto.privacy.scanning import scan

from .models import FileReading, PortalDocument, ReadingState
from .texts import load_text

CLAIM = datetime.timedelta(minutes=10)
"""After this time another process may repeat a reading that did not end."""

MAX_FINDINGS = 500
MISSING, TOO_MANY = "missing", "too_many"
INLINE = "inline"
"""Value of ``ABIERTO_FILE_READER`` by which a file is read as it is stored: for tests."""


@dataclass(frozen=True)
class FileFinding:
    """A finding in a file. The same words of the same kind are one finding, at their first place."""

    part: str
    detail: str
    kind: str
    level: str
    excerpt: str
    before: str
    after: str
    fingerprint: str
    contact: str
    """The hash of a contact, to compare it with the official ones."""


def queue_reading(document: PortalDocument) -> None:
    """Create the pending reading of the file of ``document``, and start it after the commit."""
    if not document.file:
        return
    if document.known_reading is not None:
        store_known_reading(document, document.known_reading)
        return
    reading, is_new = FileReading.objects.get_or_create(document=document, file_name=document.file.name)
    if not is_new:
        return
    if settings.ABIERTO_FILE_READER == INLINE:
        read_file(reading, extract_file)
    else:
        transaction.on_commit(partial(request_reading, document, reading), robust=True)


def request_reading(document: PortalDocument, reading: FileReading | None) -> None:
    """Start the job for a pending file, unless it is being read or was requested here within ``CLAIM``.

    Each attempt to publish the file calls this. The request is noted in the memory of the server process,
    because the transaction of a refused attempt is rolled back.
    """
    name, now = str(document.file.name), time.monotonic()
    is_claimed = reading is not None and reading.claimed_at and reading.claimed_at > timezone.now() - CLAIM
    if is_claimed or now - _requested.get(name, -math.inf) < CLAIM.total_seconds():
        return
    for old in [old for old, since in _requested.items() if now - since >= CLAIM.total_seconds()]:
        _requested.pop(old, None)
    _requested[name] = now
    start_reading()


_requested: dict[str, float] = {}
"""Monotonic time of the last request for a file, by its name in the storage."""


def store_known_reading(document: PortalDocument, known: FileReading) -> None:
    """Store the reading of a file that was read before its document was saved."""
    reading = FileReading(document=document, file_name=document.file.name or "", sha256=known.sha256)
    copy_outcome(reading, known)
    reading.save()


def start_reading() -> None:
    """Start the job that reads the pending files."""
    if settings.ABIERTO_FILE_READER != INLINE:
        start_job("read_files")


def load_readings(documents: Iterable[PortalDocument]) -> dict[int, FileReading]:
    """Return the reading of the present file of each document by document id, with one query."""
    names = {document.pk: document.file.name for document in documents}
    rows = FileReading.objects.filter(document__in=names)
    return {row.document_id: row for row in rows if row.file_name == names[row.document_id]}


def read_waiting() -> int:
    """Read all pending files that no other process has claimed; return their number."""
    add_missing_readings()
    count = 0
    for reading in waiting_readings().select_related("document").order_by("pk"):
        claimed = waiting_readings().filter(pk=reading.pk).update(claimed_at=timezone.now())
        if claimed:
            read_file(reading)
            count += 1
    return count


def waiting_readings() -> Any:
    """Return the pending readings without a valid claim."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)
    return FileReading.objects.filter(free, state=ReadingState.PENDING)


def add_missing_readings() -> None:
    """Create the pending readings of documents that were stored before readings existed."""
    known = set(FileReading.objects.values_list("document_id", "file_name"))
    rows = PortalDocument.objects.exclude(file="").order_by("pk").values_list("pk", "file")
    FileReading.objects.bulk_create(
        (FileReading(document_id=pk, file_name=name) for pk, name in rows if (pk, name) not in known),
        ignore_conflicts=True,
    )


def read_now(documents: Iterable[PortalDocument]) -> None:
    """Read the pending files of ``documents`` in this process; only for commands."""
    for document in documents:
        reading, _is_new = FileReading.objects.get_or_create(document=document, file_name=document.file.name)
        if reading.state == ReadingState.PENDING:
            read_file(reading)


def read_again(document: PortalDocument) -> FileReading:
    """Read a document again with the present detectors, and return its reading."""
    reading, _is_new = FileReading.objects.get_or_create(document=document, file_name=document.file.name)
    reading.findings, reading.notes, reading.reason = [], [], ""
    read_file(reading, may_copy=False)
    return reading


Extract = Callable[[Path], Extraction]

#: The fields that one reading copies from another one of the same content.
OUTCOME_FIELDS = ("state", "reason", "notes", "findings")


def read_file(reading: FileReading, extract: Extract = extract_isolated, *, may_copy: bool = True) -> None:
    """Read one file and save the reading; with ``may_copy``, reuse the reading of the same content."""
    reading.pages = []
    try:
        with local_copy(reading) as path:
            reading.sha256 = hash_path(path)
            same = FileReading.objects.filter(sha256=reading.sha256).exclude(state=ReadingState.PENDING)
            known = same.exclude(pk=reading.pk).first() if may_copy else None
            if known is not None:
                copy_outcome(reading, known)
            else:
                store_findings(reading, extract(path))
    except UnreadableFileError as error:
        reading.state, reading.reason = ReadingState.REFUSED, str(error.reason)
    except FileNotFoundError:
        reading.state, reading.reason = ReadingState.REFUSED, MISSING
    reading.save()


def read_path(path: Path, extract: Extract = extract_isolated) -> FileReading:
    """Return the unsaved reading of a file without a document."""
    reading = FileReading(sha256=hash_path(path))
    try:
        store_findings(reading, extract(path))
    except UnreadableFileError as error:
        reading.state, reading.reason = ReadingState.REFUSED, str(error.reason)
    return reading


def copy_outcome(reading: FileReading, known: FileReading) -> None:
    for name in OUTCOME_FIELDS:
        setattr(reading, name, getattr(known, name))
    reading.pages = known.pages if known.pk is None else load_text(known)


def store_findings(reading: FileReading, extraction: Extraction) -> None:
    # A value that is split over two lines is only found in the joined lines of a page.
    joined = (Section(FilePart.PAGE, str(page.number or 1), page.text) for page in extraction.pages)
    found = list(find_in_sections([*extraction.sections, *joined]))
    if len(found) > MAX_FINDINGS:
        reading.state, reading.reason = ReadingState.REFUSED, TOO_MANY
        return
    reading.state = ReadingState.READ
    reading.findings = [asdict(finding) for finding in found]
    reading.notes = sorted(extraction.notes)
    reading.pages = extraction.pages


def find_in_sections(sections: Iterable[Section]) -> Iterator[FileFinding]:
    """Yield the findings of a file, those of the level ``BLOCK`` first."""
    found: dict[str, FileFinding] = {}
    for section in sections:
        findings = scan(section.text)
        for finding in findings:
            built = build_finding(section, finding, findings)
            found.setdefault(built.fingerprint, built)
    yield from sorted(found.values(), key=lambda finding: finding.level != FindingLevel.BLOCK)


def build_finding(section: Section, finding: Finding, findings: list[Finding]) -> FileFinding:
    words = section.text[finding.start : finding.end]
    excerpt = make_excerpt(section.text, finding, findings)
    return FileFinding(
        part=str(section.part),
        detail=section.detail,
        kind=str(finding.type),
        level=str(finding.level),
        excerpt=excerpt.shown,
        before=excerpt.before,
        after=excerpt.after,
        fingerprint=make_fingerprint("", f"{finding.type} {finding.level}", words),
        contact=hash_contact(read_contact(section.text, finding)),
    )


def read_contact(text: str, finding: Finding) -> str:
    """Return the normalized contact of a finding; empty for other kinds."""
    if finding.type == PersonalDataKind.ADDRESS:
        return normalize_address_at(text, finding.start, finding.end)
    is_contact = finding.type in (PersonalDataKind.EMAIL, PersonalDataKind.PHONE)
    return normalize_contact(text[finding.start : finding.end]) if is_contact else ""


def hash_contact(contact: str) -> str:
    """Return the hash of a normalized contact; empty for none."""
    return contact and hashlib.sha256(contact.encode()).hexdigest()


@contextmanager
def local_copy(reading: FileReading) -> Iterator[Path]:
    """Copy the stored file, which may be on another machine, to a temporary one.

    Raises:
        FileNotFoundError: if it is not stored any more.
    """
    storage = PortalDocument._meta.get_field("file").storage
    with NamedTemporaryFile() as copy:
        with storage.open(reading.file_name) as stored:
            for chunk in stored.chunks():
                copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def hash_path(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
