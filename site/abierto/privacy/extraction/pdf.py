"""Extract the text of a PDF: pages, annotations, forms, properties, attachments and earlier versions.

The text of a page is read from its drawing instructions, so text below a box, in white, outside the page or
on a hidden layer is included.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, TextStringObject

from .pages import make_page
from .parts import MAX_ATTACHMENTS, Extraction, FilePart, Note, Reason, UnreadableFileError

PDF_MARK = b"%PDF-"
PDF_HEAD = 1024
END_MARK = re.compile(rb"%%EOF\s*")
MAX_VERSIONS = 10
DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError)
"""What pypdf raises on files that break the format."""

ReadAttachment = Callable[[bytes], Extraction]


def read_pdf(data: bytes, read_attachment: ReadAttachment) -> Extraction:
    """Read all text of a PDF.

    Raises:
        UnreadableFileError: if it is damaged, too large when unpacked, or has a password.
    """
    extraction = Extraction()
    try:
        reader = open_pdf(data)
        read_pages(reader, extraction)
        read_strings(reader, extraction)
        read_attachments(reader, extraction, read_attachment)
    except LimitReachedError as error:
        raise UnreadableFileError(Reason.TOO_LARGE) from error
    except DependencyError as error:
        raise UnreadableFileError(Reason.ENCRYPTED) from error
    except DAMAGE as error:
        raise UnreadableFileError(Reason.DAMAGED) from error
    read = [section for section in extraction.sections if section.part == FilePart.PAGE]
    extraction.pages = [make_page(int(section.detail), section.text) for section in read]
    if not read:
        extraction.notes.add(Note.NO_TEXT)
    read_earlier_versions(data, extraction)
    return extraction


def open_pdf(data: bytes) -> PdfReader:
    """Open a PDF, an encrypted one with the empty password."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFileError(Reason.ENCRYPTED)
    if not reader.pages:
        raise UnreadableFileError(Reason.DAMAGED)
    return reader


def read_pages(reader: PdfReader, extraction: Extraction, part: FilePart = FilePart.PAGE) -> None:
    for number, page in enumerate(reader.pages, start=1):
        extraction.add(part, str(number), page.extract_text())
        drawn = "\n".join(read_appearances(page))
        extraction.add(FilePart.ANNOTATION, str(number), drawn)


def read_appearances(page: PageObject) -> Iterator[str]:
    """Yield the texts of the annotations of a page: notes, stamps, filled fields."""
    for reference in resolve(page.get("/Annots")) or []:
        annotation = resolve(reference)
        if not isinstance(annotation, DictionaryObject):
            continue
        yield from (str(resolve(annotation[key])) for key in ("/Contents", "/V", "/DV") if key in annotation)
        appearances = resolve(annotation.get("/AP"))
        for form in resolve(appearances).values() if isinstance(appearances, DictionaryObject) else ():
            stream = resolve(form)
            if isinstance(stream, StreamObject):
                yield page.extract_xform_text(stream)  # type: ignore[arg-type]


def read_strings(reader: PdfReader, extraction: Extraction) -> None:
    """Add all text strings and metadata streams: fields, bookmarks, properties, alternative texts."""
    strings: dict[str, None] = {}
    for generation, numbers in reader.xref.items():
        for number in numbers:
            collect_strings(read_object(reader, number, generation), strings)
    for number in reader.xref_objStm:
        collect_strings(read_object(reader, number, 0), strings)
    collect_strings(reader.trailer, strings)
    extraction.add(FilePart.PROPERTIES, "", "\n".join(strings))


def read_object(reader: PdfReader, number: int, generation: int) -> Any:
    """Return one object of the file; None for a free or damaged entry of the cross-reference table."""
    try:
        return reader.get_object(IndirectObject(number, generation, reader))
    except DAMAGE:
        return None


def collect_strings(value: Any, strings: dict[str, None]) -> None:
    """Add the text strings of one object, without following its references."""
    if isinstance(value, IndirectObject):
        return
    if isinstance(value, TextStringObject):
        strings[str(value)] = None
    elif isinstance(value, ArrayObject):
        for item in value:
            collect_strings(item, strings)
    elif isinstance(value, DictionaryObject):
        for key in value:
            collect_strings(value.raw_get(key), strings)
        if isinstance(value, StreamObject) and value.get("/Type") == "/Metadata":
            strings[re.sub(r"<[^>]*>", "\n", value.get_data().decode("utf-8", errors="replace"))] = None


def read_attachments(reader: PdfReader, extraction: Extraction, read_attachment: ReadAttachment) -> None:
    """Read the attached files, both those of the catalogue and those of page annotations."""
    for count, (name, content) in enumerate(iter_attachments(reader), start=1):
        if count > MAX_ATTACHMENTS:
            raise UnreadableFileError(Reason.TOO_LARGE)
        extraction.add_attachment(name, read_attachment(content))


def iter_attachments(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    for numbers in (*reader.xref.values(), reader.xref_objStm):
        for number in numbers:
            stream = read_object(reader, number, 0)
            if isinstance(stream, StreamObject) and stream.get("/Type") == "/EmbeddedFile":
                yield str(number), stream.get_data()
                continue
            files = resolve(stream.get("/EF")) if isinstance(stream, DictionaryObject) else None
            for file in resolve(files).values() if isinstance(files, DictionaryObject) else ():
                embedded = resolve(file)
                if isinstance(embedded, StreamObject) and embedded.get("/Type") != "/EmbeddedFile":
                    yield str(resolve(stream.get("/UF", stream.get("/F", number)))), embedded.get_data()


def read_earlier_versions(data: bytes, extraction: Extraction) -> None:
    """Read the versions before incremental saves, which are still in the bytes of the file."""
    ends = [match.end() for match in END_MARK.finditer(data)][:-1]
    known = {section.text for section in extraction.sections}
    for end in ends[-MAX_VERSIONS:]:
        earlier = Extraction()
        try:
            read_pages(open_pdf(data[:end]), earlier, FilePart.EARLIER_VERSION)
        except (UnreadableFileError, *DAMAGE):
            continue  # the first part of a linearized file is not a version
        for section in earlier.sections:
            if section.text not in known:
                extraction.add(FilePart.EARLIER_VERSION, section.detail, section.text)
                known.add(section.text)


def resolve(value: Any) -> Any:
    """Return the object of an indirect reference, or the value itself."""
    return value.get_object() if isinstance(value, IndirectObject) else value
