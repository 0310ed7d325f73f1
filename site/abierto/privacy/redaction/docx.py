"""Redact the visible text of a DOCX, and remove what it hides: comments, changes, properties, other files."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import cast
from xml.dom import minidom
from xml.parsers import expat

from ..extraction.archives import check_size
from ..extraction.parts import Reason, UnreadableFileError
from ..extraction.xml_text import LINES, ForbiddenXmlError, read_xml
from .docx_cleaning import clean_part, read_relations, remove, remove_references, root_of
from .texts import RedactedText

BODY = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"
MAX_DOCX = 10 * 1024 * 1024
MAX_XML = 8 * 1024 * 1024
"""Maximum bytes of one part: its tree needs about fifty times as much memory."""

ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[^/]+\.xml(?:\.rels)?"
    r"|word/(?:media|theme|fonts)/[^/]+|word/(?:charts|diagrams|theme)/(?:_rels/)?[^/]+\.xml(?:\.rels)?"
)
"""Parts that stay in the redacted file; all others are removed."""

LEFT_OUT = re.compile(r"word/(?:_rels/)?(?:comments|people|vba)")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SPEAKING = frozenset({"descr", "title", "alt", "name", "tooltip", "val"})
TAGGED = frozenset({"alias", "tag", "bookmarkStart", "docPr", "cNvPr", "imagedata", "shape", "hyperlink"})
"""Elements whose attributes contain text of the author."""

SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "tc": "\t"}
MOMENT = (2026, 1, 1, 0, 0, 0)
"""The date of every entry of the ZIP, so that the file does not disclose when it was redacted."""


class Docx:
    """The parsed parts of a DOCX; ``text`` is the text of all parts in one string."""

    def __init__(self, data: bytes) -> None:
        """Parse the content of a file.

        Raises:
            UnreadableFileError: with the reason.
        """
        if len(data) > MAX_DOCX:
            raise UnreadableFileError(Reason.TOO_LARGE)
        try:
            self._entries = read_entries(data)
            self._parts = {
                name: parse_part(content) for name, content in self._entries.items() if is_xml(name)
            }
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ForbiddenXmlError, EOFError) as error:
            raise UnreadableFileError(Reason.DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableFileError(Reason.ENCRYPTED) from error
        self._leave_out()
        self._pieces: list[Piece] = []
        self.text = self._read_text()

    @property
    def pictures(self) -> int:
        """Return the number of pictures, whose content is not read."""
        return sum(name.startswith("word/media/") for name in self._entries)

    def redact(self, redacted: RedactedText) -> bytes:
        """Return the file with the replacements of ``redacted``, a redaction of ``text``."""
        for piece in self._pieces:
            piece.rewrite(self.text, redacted)
        output = BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._entries.items():
                part = self._parts.get(name)
                entry = zipfile.ZipInfo(name, MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, part.toxml("utf-8", standalone=True) if part else content)
        return output.getvalue()

    def _leave_out(self) -> None:
        """Remove comments, tracked changes, and references to removed parts."""
        for name, part in self._parts.items():
            if name == CONTENT_TYPES:
                leave_out_types(part, self._entries)
            elif name.endswith(".rels"):
                dropped = read_relations(part, name, self._entries)
                owner = posixpath.join(
                    posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5]
                )
                if owner in self._parts:
                    remove_references(self._parts[owner], dropped)
            else:
                clean_part(part)

    def _read_text(self) -> str:
        """Return the text of all parts, the body first, and collect its pieces with their offsets."""
        names = [name for name in self._parts if name != CONTENT_TYPES and not name.endswith(".rels")]
        pieces: list[str] = []
        length = 0

        def add(text: str, make_piece: Callable[[int], Piece] | None = None) -> None:
            nonlocal length
            if make_piece is not None:
                self._pieces.append(make_piece(length))
            pieces.append(text)
            length += len(text)

        for name in sorted(names, key=lambda name: (name != BODY, name)):
            walk(root_of(self._parts[name]), add)
            add("\n")
        return "".join(pieces)


class Piece:
    """A text node or an attribute with its offsets in ``Docx.text``."""

    def __init__(self, node: minidom.Text | minidom.Attr, start: int) -> None:
        self.node, self.start, self.end = node, start, start + len(node.nodeValue)

    def rewrite(self, text: str, redacted: RedactedText) -> None:
        """Replace the redacted spans; a stand-in is written in the piece in which its span begins."""
        pieces, place = [], self.start
        for replacement in redacted.replacements_between(self.start, self.end):
            pieces.append(text[place : max(place, replacement.start)])
            if replacement.start >= self.start:
                pieces.append(replacement.stand_in)
            place = min(replacement.end, self.end)
        if pieces:
            self.node.nodeValue = "".join([*pieces, text[place : self.end]])
            if isinstance(self.node, minidom.Text):
                cast(minidom.Element, self.node.parentNode).setAttribute("xml:space", "preserve")


def walk(element: minidom.Element, add: Callable[..., None]) -> None:
    """Call ``add`` for the text nodes and attributes below ``element`` and the white space between them."""
    for child in element.childNodes:
        if isinstance(child, minidom.Text):
            if child.data.strip() or element.localName == "t":
                add(child.data, lambda start, node=child: Piece(node, start))
        elif isinstance(child, minidom.Element):
            add_attributes(child, add)
            walk(child, add)
            if child.localName in SPACES:
                add(SPACES[child.localName])
            elif child.localName in LINES:
                add("\n")


def add_attributes(element: minidom.Element, add: Callable[..., None]) -> None:
    if element.localName not in TAGGED:
        return
    for attribute in list(element.attributes.values()):
        if attribute.localName in SPEAKING and attribute.value:
            add("\n")
            add(attribute.value, lambda start, node=attribute: Piece(node, start))
            add("\n")


def read_entries(data: bytes) -> dict[str, bytes]:
    """Return the parts that stay in the redacted file.

    Raises:
        UnreadableFileError: if it is no DOCX, or too large when unpacked.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        check_size(archive)
        names = set(archive.namelist())
        if BODY not in names or CONTENT_TYPES not in names:
            raise UnreadableFileError(Reason.UNKNOWN_FORMAT)
        if any(entry.file_size > MAX_XML for entry in archive.infolist() if is_xml(entry.filename)):
            raise UnreadableFileError(Reason.TOO_LARGE)
        return {name: archive.read(name) for name in list_allowed(archive)}


def list_allowed(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in dict.fromkeys(archive.namelist()):
        if ALLOWED.fullmatch(name) and not LEFT_OUT.match(name):
            yield name


def is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def parse_part(content: bytes) -> minidom.Document:
    """Parse a part, after ``read_xml`` has refused entity declarations."""
    read_xml(content)
    return minidom.parseString(content)


def leave_out_types(part: minidom.Document, entries: dict[str, bytes]) -> None:
    """Remove the content types of removed parts, and replace that of a file with macros."""
    for override in list(part.getElementsByTagName("Override")):
        if override.getAttribute("PartName").lstrip("/") not in entries:
            remove(override)
        elif override.getAttribute("ContentType") == MACRO_TYPE:
            override.setAttribute("ContentType", DOCX_TYPE)
