"""Validation of uploaded text files: only text whose encoding is unambiguous is accepted."""

import codecs
import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: First bytes of files that are not text, whatever their extension.
BINARY_MARKS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
MARKUP = ("<!doctype", "<html", "<script", "<svg", "<?xml", "<body", "<iframe")

#: End of file as MS-DOS programs write it.
CTRL_Z = "\x1a"
#: Control characters that text does not have: all but tab, line feeds, form feed and carriage return.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
#: Characters that appear between letters if CP850 or MacRoman is decoded as Windows-1252.
FOREIGN_ACCENT = re.compile(r"[^\W\d_][¢£¤¥¡‚„‡Ž—][^\W\d_]")

UNREADABLE = _(
    "No se pueden leer con seguridad las letras de este archivo. Guárdalo con codificación UTF-8 (en Excel, "
    "«CSV UTF-8») y súbelo otra vez."
)


def is_text(file: IO[bytes], extension: str) -> bool:
    """Check that the file is plain text without a markup page.

    Raises:
        ValidationError: for text in an encoding that cannot be distinguished from others.
    """
    content = file.read()
    if content.startswith(BINARY_MARKS):
        return False
    text = decode_text(content)
    if text is None:
        raise ValidationError(UNREADABLE, code="encoding")
    return not text.lower().startswith(MARKUP)


def decode_text(content: bytes) -> str | None:
    """Decode UTF-8, UTF-16 with a byte order mark, or Windows-1252; None if it is none of them for sure.

    White space and byte order marks at the start and MS-DOS's end of file are removed.
    """
    text = _decode(content)
    if text is None:
        return None
    text = text.lstrip("\ufeff \t\r\n\v\f").removesuffix(CTRL_Z)
    return None if CONTROLS.search(text) else text


def _decode(content: bytes) -> str | None:
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if encoding == "cp1252" and FOREIGN_ACCENT.search(text) else text
    return None
