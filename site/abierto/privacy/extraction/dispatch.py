"""Choose the reader of a file by its first bytes, never by its name; read plain text and images."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from .archives import ZIP_MARK, read_archive
from .pages import split_pages
from .parts import MAX_DEPTH, MAX_FILE, Extraction, FilePart, Note, Reason, UnreadableFileError
from .pdf import PDF_HEAD, PDF_MARK, read_pdf

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
    """Read all text of a file's content, and of attached files down to ``MAX_DEPTH``."""
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
    """Read a file inside another; if it cannot be read, return a note for the reviewer."""
    if depth > MAX_DEPTH:
        return Extraction(notes={Note.UNREADABLE_PART})
    try:
        return extract(data, depth)
    except UnreadableFileError as error:
        if error.reason == Reason.TOO_LARGE:
            raise
        return Extraction(notes=set() if error.reason == Reason.EMPTY else {Note.UNREADABLE_PART})


def read_text(data: bytes) -> Extraction:
    """Read plain text in Unicode or Windows-1252."""
    if data.startswith(OTHER_MARKS):
        raise UnreadableFileError(Reason.UNKNOWN_FORMAT)
    encoding = next((name for mark, name in BYTE_ORDERS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise UnreadableFileError(Reason.UNKNOWN_FORMAT)
    extraction = Extraction()
    text = decode(data, encoding)
    extraction.add(FilePart.BODY, "", text)
    extraction.pages = split_pages(text)
    return extraction


def decode(data: bytes, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


# --- Pictures: the metadata, not the pixels ------------------------------------------------------------


MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def is_picture(data: bytes) -> bool:
    return data.startswith(MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp"


def read_picture(data: bytes) -> Extraction:
    """Read the text in EXIF, XMP, IPTC and comments; note a GPS position."""
    extraction = Extraction(notes={Note.NO_TEXT})
    try:
        with Image.open(BytesIO(data)) as image:
            exif = image.getexif()
            values = [*exif.values(), *exif.get_ifd(ExifTags.IFD.Exif).values(), *image.info.values()]
            has_place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFileError(Reason.DAMAGED) from error
    extraction.add(FilePart.PROPERTIES, "", "\n".join(filter(None, map(as_text, values))))
    if has_place:
        extraction.notes.add(Note.LOCATION)
    return extraction


def as_text(value: Any) -> str:
    if isinstance(value, bytes):
        encoding = "utf-16-le" if value[1:2] == b"\0" else "utf-8"
        return value.decode(encoding, errors="replace")
    return value if isinstance(value, str) else ""
