"""Validation of uploaded documents by their first bytes and, for archives, by their listing."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from .macros import CONTENT_TYPES, part_name, refuse_macros

PDF_MARK = b"%PDF-"
ZIP_MARK = b"PK\x03\x04"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
#: Control characters that text files do not have: all below space except tab, line feed, carriage return.
BINARY = bytes(set(range(32)) - {9, 10, 13})
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe")

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200

#: Extension → a folder that every Office file of that kind has.
OFFICE_FOLDERS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}


def check_document(upload: File) -> None:
    """Refuse an upload whose content does not match its extension, or a zip bomb.

    Raises:
        ValidationError: with a message that says what to do.
    """
    extension = Path(upload.name or "").suffix.lower().lstrip(".")
    if extension not in CHECKS:
        raise ValidationError(
            _("No se admite este formato. Sube el documento como PDF, Word, Excel, CSV o texto."),
            code="format",
        )
    upload.seek(0)
    matches = CHECKS[extension](upload.file or upload, extension)
    upload.seek(0)
    if not matches:
        raise ValidationError(
            _("El contenido no es de un archivo %(extension)s. Guárdalo en ese formato y súbelo otra vez."),
            code="signature",
            params={"extension": extension.upper()},
        )


def is_pdf(file: IO[bytes], extension: str) -> bool:
    return file.read(len(PDF_MARK)) == PDF_MARK


def is_text(file: IO[bytes], extension: str) -> bool:
    """Check that the file is plain text, in UTF-8 or Windows-1252, and contains no markup page."""
    content = file.read()
    if content.translate(None, BINARY) != content or content.lstrip().lower().startswith(MARKUP):
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return can_decode(content, "cp1252")
    return True


def can_decode(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_office(file: IO[bytes], extension: str) -> bool:
    """Check that the file is an Office document of that kind, without macros."""
    names = entries(file)
    if CONTENT_TYPES not in names or not any(name.startswith(OFFICE_FOLDERS[extension]) for name in names):
        return False
    refuse_macros(file)
    return True


def is_odt(file: IO[bytes], extension: str) -> bool:
    """Check that the file is an OpenDocument text, without macros."""
    if "mimetype" not in entries(file):
        return False
    with zipfile.ZipFile(file) as archive, archive.open("mimetype") as mimetype:
        is_text = mimetype.read(len(ODT_TYPE) + 1).strip() == ODT_TYPE
    if is_text:
        refuse_macros(file)
    return is_text


def entries(file: IO[bytes]) -> set[str]:
    """Return the normalized names in an archive; empty if it is no archive.

    Raises:
        ValidationError: for a zip bomb.
    """
    if file.read(len(ZIP_MARK)) != ZIP_MARK:
        return set()
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise ValidationError(
            _("El archivo crece demasiado al abrirse. Quita imágenes o súbelo como PDF."), code="zip_bomb"
        )
    return {part_name(info.filename) for info in infos}


CHECKS: dict[str, Callable[[IO[bytes], str], bool]] = {
    "csv": is_text,
    "docx": is_office,
    "odt": is_odt,
    "pdf": is_pdf,
    "pptx": is_office,
    "txt": is_text,
    "xlsx": is_office,
}
