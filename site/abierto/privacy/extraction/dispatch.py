"""Choose how to read a file by its first bytes, never by its name."""

from pathlib import Path

from .archives import ZIP_MARK, read_archive
from .pages import split_pages
from .parts import MAX_DEPTH, MAX_FILE, Extraction, Note, Part, Reason, UnreadableFileError
from .pdf import PDF_HEAD, PDF_MARK, read_pdf
from .pictures import is_picture, read_picture

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OTHER_MARKS = (b"{\\rtf", b"%!PS", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"BZh")
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def extract_file(path: Path) -> Extraction:
    """Read all text of the file at ``path``.

    Raises:
        UnreadableFileError: with the reason.
    """
    if path.stat().st_size > MAX_FILE:
        raise UnreadableFileError(Reason.TOO_LARGE)
    return extract(path.read_bytes())


def extract(data: bytes, depth: int = 0) -> Extraction:
    """Read all text of the content of a file, and of the files in it down to ``MAX_DEPTH``."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError(Reason.EMPTY)
    if PDF_MARK in data[:PDF_HEAD]:
        return read_pdf(data, lambda inner: extract_attachment(inner, depth + 1))
    if data.startswith(ZIP_MARK):
        return read_archive(data, lambda inner: extract_attachment(inner, depth + 1))
    if data.startswith(OLE_MARK):
        raise UnreadableFileError(Reason.ENCRYPTED if ENCRYPTED_STREAM in data else Reason.UNKNOWN_FORMAT)
    if is_picture(data):
        return read_picture(data)
    return read_text(data)


def extract_attachment(data: bytes, depth: int) -> Extraction:
    """Read a file inside another; one that cannot be read is a note for the reviewer."""
    if depth > MAX_DEPTH:
        return Extraction(notes={Note.UNREADABLE_PART})
    try:
        return extract(data, depth)
    except UnreadableFileError as error:
        if error.reason == Reason.TOO_LARGE:
            raise
        return Extraction(notes=set() if error.reason == Reason.EMPTY else {Note.UNREADABLE_PART})


def read_text(data: bytes) -> Extraction:
    """Read plain text: Unicode, or Windows' Latin-1 as Excel writes it."""
    if data.startswith(OTHER_MARKS):
        raise UnreadableFileError(Reason.UNKNOWN_FORMAT)
    encoding = next((name for mark, name in BYTE_ORDERS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise UnreadableFileError(Reason.UNKNOWN_FORMAT)
    extraction = Extraction()
    text = decode(data, encoding)
    extraction.add(Part.BODY, "", text)
    extraction.pages = split_pages(text)
    return extraction


def decode(data: bytes, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
