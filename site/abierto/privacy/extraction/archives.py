"""Extract the text of ZIP-based files: Office and OpenDocument files, and archives with other files."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat

from .pages import read_document_pages
from .parts import MAX_ATTACHMENTS, Extraction, FilePart, Note, Reason, UnreadableFileError
from .xml_text import ForbiddenXmlError, read_shared_strings, read_sheet, read_xml

ZIP_MARK = b"PK\x03\x04"
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 500
MAX_ENTRIES = 10_000
ENCRYPTED_FLAG = 0x1
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
PARTS = (
    (re.compile(r"comments|annotation|people", re.IGNORECASE), FilePart.COMMENT),
    (re.compile(r"header|footer|footnotes|endnotes"), FilePart.HEADER),
    (re.compile(r"docProps/|customXml/|meta\.xml"), FilePart.PROPERTIES),
    (re.compile(r"(?:word/document|ppt/slides/[^/]+|content)\.xml$"), FilePart.BODY),
)
SILENT = re.compile(
    r"(?:^|/)(?:styles|theme\d*|settings|webSettings|fontTable|numbering|calcChain)\.xml$|\.ttf$|\.odttf$"
)
EXTERNAL = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")(?![^>]*/hyperlink")[^>]*>')
WORD_BODY = "word/document.xml"
MACROS = re.compile(r"vbaProject|(?:^|/)(?:Basic|Scripts)/|macrosheets/", re.IGNORECASE)

ReadAttachment = Callable[[bytes], Extraction]


def read_archive(data: bytes, read_attachment: ReadAttachment) -> Extraction:
    """Read all text of an archive and of the files in it.

    Raises:
        UnreadableFileError: if it is damaged, too large when unpacked, or has a password.
    """
    extraction = Extraction()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_size(archive)
            read_entries(archive, extraction, read_attachment)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ForbiddenXmlError, EOFError, KeyError) as error:
        raise UnreadableFileError(Reason.DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError(Reason.ENCRYPTED) from error
    if not any(section.part != FilePart.PROPERTIES for section in extraction.sections):
        extraction.notes.add(Note.NO_TEXT)
    return extraction


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuse a decompression bomb by its directory; ``zipfile`` never unpacks more than the listed size."""
    entries = archive.infolist()
    unpacked, packed = (
        sum(entry.file_size for entry in entries),
        sum(entry.compress_size for entry in entries),
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise UnreadableFileError(Reason.TOO_LARGE)
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFileError(Reason.ENCRYPTED)


def read_entries(archive: zipfile.ZipFile, extraction: Extraction, read_attachment: ReadAttachment) -> None:
    attachments = 0
    strings = read_table_strings(archive)
    for name in iter_names(archive):
        if MACROS.search(name):
            extraction.notes.add(Note.MACROS)
        elif SHEET.search(name):
            extraction.add(FilePart.SHEET, name, read_sheet(archive.read(name), strings))
        elif name.endswith(".rels"):
            read_relations(archive.read(name), name, extraction)
        elif is_markup(name):
            content = archive.read(name)
            extraction.add(part_of(name), name, read_xml(content))
            if name == WORD_BODY:
                extraction.pages = read_document_pages(content)
        else:
            attachments += 1
            if attachments > MAX_ATTACHMENTS:
                raise UnreadableFileError(Reason.TOO_LARGE)
            extraction.add_attachment(name, read_attachment(archive.read(name)))


def read_table_strings(archive: zipfile.ZipFile) -> list[str]:
    """Return the shared strings of a workbook, to which its sheets refer by index."""
    names = [name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"]
    return read_shared_strings(archive.read(names[0])) if names else []


def iter_names(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if not name.endswith("/") and not SILENT.search(name) and name != "mimetype":
            yield name


def is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".vml", ".rdf"))


def part_of(name: str) -> FilePart:
    return next((part for pattern, part in PARTS if pattern.search(name)), FilePart.OTHER)


def read_relations(data: bytes, name: str, extraction: Extraction) -> None:
    """Add the addresses that a part links to; note parts that are loaded from other servers."""
    if EXTERNAL.search(data):
        extraction.notes.add(Note.EXTERNAL_REFERENCE)
    extraction.add(
        FilePart.OTHER,
        name,
        "\n".join(re.findall(r'Target="(mailto:[^"]*|https?:[^"]*)"', data.decode("utf-8"))),
    )
