"""Detection of macros in Office and OpenDocument files: by name, declared type and in embedded files.

Office recognises macros by the type declared in ``[Content_Types].xml`` or a relationship, whatever the name
of the part, and ignores case in names.
"""

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CONTENT_TYPES = "[content_types].xml"
ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: Names of macro parts as the usual programs write them.
PART = re.compile(r"vba(project|data)[^/]*\.(bin|xml)")
#: Macro folders: Excel 4 sheets, OpenDocument's Basic, Python and JavaScript.
FOLDER = re.compile(r"(^|/)(intl)?macrosheets/|^(basic|scripts)/")
#: Content types and relationship types that declare a macro.
DECLARATION = re.compile(r"macroenabled|vba-?project|vbadata|macrosheet", re.IGNORECASE)
#: The macro storage of an OLE file (the old .doc, .xls and .ppt).
OLE_STORAGE = "_VBA_PROJECT".encode("utf-16-le")

MAX_DEPTH = 3
MAX_EMBEDDED = 50 * 1024 * 1024

HAS_MACROS = _("El archivo trae macros, que son programas. Guárdalo sin macros y súbelo otra vez.")


def part_name(name: str) -> str:
    """Return the name of a part as Office compares it: lower case, forward slashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_macros(file: IO[bytes]) -> None:
    """Refuse an archive with a macro, also in an embedded file.

    Raises:
        ValidationError: with a message that says what to do.
    """
    if has_macros(file):
        raise ValidationError(HAS_MACROS, code="signature")


def has_macros(file: IO[bytes], depth: int = 0) -> bool:
    """Check for macros; unreadable or too deeply nested archives count as having one."""
    if depth >= MAX_DEPTH:
        return True
    try:
        with zipfile.ZipFile(file) as archive:
            return any(_is_macro(archive, info, depth) for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError, EOFError):
        return True


def _is_macro(archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int) -> bool:
    name = part_name(info.filename)
    if PART.fullmatch(PurePosixPath(name).name) or FOLDER.search(name):
        return True
    with archive.open(info) as part:
        start = part.read(len(OLE_MARK))
        if name == CONTENT_TYPES or name.endswith(".rels"):
            return _declares_macros(start + part.read(MAX_EMBEDDED))
        if start.startswith(ZIP_MARK):
            return has_macros(BytesIO(start + part.read(MAX_EMBEDDED)), depth + 1)
        if start == OLE_MARK:
            return OLE_STORAGE in part.read(MAX_EMBEDDED)
    return False


def _declares_macros(xml: bytes) -> bool:
    """Check an XML part for a macro declaration, in any encoding and with character entities."""
    text = unescape(xml.replace(b"\0", b"").decode("utf-8", "replace"))
    return DECLARATION.search(text) is not None
