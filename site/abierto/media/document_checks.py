"""Validation of uploaded documents by their first bytes and, for archives, by their listing."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from abierto.scanning import check_virus

from .macros import CONTENT_TYPES, OLE_MARK, part_name, refuse_macros
from .text_checks import BINARY_MARKS, MARKUP, is_text

PDF_MARK = b"%PDF-"
#: Bytes in which PDF readers accept the mark, because printers and scanners write a header before it.
PDF_HEAD = 1024
ZIP_MARK = b"PK\x03\x04"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200

#: Extension → a folder that every Office file of that kind has.
OFFICE_FOLDERS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}

#: Extensions that are refused → the formats to save the file in.
OTHER_FORMATS = {
    **dict.fromkeys(("doc", "docm", "dot", "dotx", "pages", "rtf"), _(".docx o PDF")),
    **dict.fromkeys(("numbers", "ods", "xls", "xlsb", "xlsm"), _(".xlsx o CSV")),
    **dict.fromkeys(("key", "odp", "pps", "ppsx", "ppt", "pptm"), _(".pptx o PDF")),
}
IMAGES = ("avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "tif", "tiff", "webp")
ARCHIVES = ("7z", "gz", "rar", "zip")


def check_document(upload: File) -> None:
    """Refuse an upload whose content does not match its extension, a zip bomb, or one with a virus.

    Raises:
        ValidationError: with a message that says what to do.
    """
    extension = Path(upload.name or "").suffix.lower().lstrip(".")
    if extension not in CHECKS:
        raise unsupported_format(extension)
    upload.seek(0)
    matches = CHECKS[extension](upload.file or upload, extension)
    upload.seek(0)
    if not matches:
        raise ValidationError(
            _("El contenido no es de un archivo %(extension)s. Guárdalo en ese formato y súbelo otra vez."),
            code="signature",
            params={"extension": extension.upper()},
        )
    check_virus(upload)


def unsupported_format(extension: str) -> ValidationError:
    """Return the error for an extension that is not accepted."""
    params = {"extension": extension, "formats": OTHER_FORMATS.get(extension, "")}
    message = _(
        "No se admite este formato. Sube el documento como PDF, .docx, .xlsx, .pptx, .odt, .csv o .txt."
    )
    if extension in OTHER_FORMATS:
        message = _(
            "No se admiten archivos .%(extension)s. Ábrelo, guárdalo como %(formats)s y súbelo otra vez."
        )
    elif extension in IMAGES:
        message = _("Este archivo es una imagen. Súbelo en «Imágenes», o guárdalo como PDF.")
    elif extension in ARCHIVES:
        message = _("Este archivo guarda otros dentro. Sácalos y sube cada documento por separado.")
    return ValidationError(message, code="format", params=params)


def is_pdf(file: IO[bytes], extension: str) -> bool:
    """Check for a PDF mark near the start, without the mark of another file format before it."""
    before, mark, _after = file.read(PDF_HEAD).partition(PDF_MARK)
    # Without null bytes, markup in UTF-16 is found too.
    text = before.replace(b"\0", b"").lower()
    is_other = before.startswith(BINARY_MARKS) or any(tag.encode() in text for tag in MARKUP)
    return bool(mark) and not is_other


def is_office(file: IO[bytes], extension: str) -> bool:
    """Check that the file is an Office document of that kind, without macros.

    Raises:
        ValidationError: for an old or encrypted document, or one with macros.
    """
    if file.read(len(OLE_MARK)) == OLE_MARK:
        raise ValidationError(
            _(
                "El archivo tiene contraseña o es de una versión vieja de Office. Guárdalo como "
                ".%(extension)s sin contraseña y súbelo otra vez."
            ),
            code="signature",
            params={"extension": extension},
        )
    file.seek(0)
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
    """Return the normalized names in a ZIP archive; empty if it is not one.

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
