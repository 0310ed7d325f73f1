"""Read the text of XML parts with a parser that refuses entity declarations."""

from collections.abc import Callable
from xml.parsers import expat

LINES = frozenset(
    {"p", "tr", "row", "si", "h", "table-row", "title", "creator", "text", "comment", "docPr", "br", "cr"}
)
CELLS = frozenset({"tc", "c", "table-cell", "tab"})
SPEAKING = frozenset({"author", "descr", "title", "initials", "userId", "name", "creator", "alt"})
"""Attributes that contain text of the author."""


class ForbiddenXmlError(Exception):
    """XML with entity declarations, which may expand without limit or read other files."""


class XmlReader:
    """A parser that calls ``start``, ``end`` and ``data`` with local names of elements."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        data: Callable[[str], None],
    ) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        self.parser.EndElementHandler = lambda name: end(local(name))
        self.parser.CharacterDataHandler = data
        self.parser.EntityDeclHandler = refuse_entity

    def read(self, content: bytes) -> None:
        self.parser.Parse(content, True)


def refuse_entity(*_args: object) -> None:
    raise ForbiddenXmlError


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def read_xml(content: bytes) -> str:
    """Return the text of a part: paragraphs as lines, cells separated by tabs, then attributes."""
    pieces: list[str] = []
    attributes_said: dict[str, None] = {}

    def start(_name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if local(key) in SPEAKING:
                attributes_said[value] = None

    def end(name: str) -> None:
        if name in LINES:
            pieces.append("\n")
        elif name in CELLS:
            pieces.append("\t")

    XmlReader(start, end, pieces.append).read(content)
    return "".join(pieces) + "\n" + "\n".join(attributes_said)


def read_shared_strings(content: bytes) -> list[str]:
    """Return the shared strings of a workbook, in order."""
    strings: list[str] = []
    pieces: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()

    def end(name: str) -> None:
        if name == "si":
            strings.append("".join(pieces))

    XmlReader(start, end, pieces.append).read(content)
    return strings


def read_sheet(content: bytes, strings: list[str]) -> str:
    """Return a sheet as lines with tabs, in which detectors find column headings and split keys."""
    lines: list[str] = []
    cells: list[str] = []
    pieces: list[str] = []
    kinds: list[str] = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            cells.clear()
        elif name == "c":
            kinds[0] = attributes.get("t", "")
        if name in ("c", "v", "is", "f"):
            pieces.clear()

    def end(name: str) -> None:
        if name in ("v", "is"):
            cells.append(cell_text("".join(pieces), kinds[0], strings))
        elif name == "f":
            cells.append("")
        elif name == "row":
            lines.append("\t".join(cells))

    XmlReader(start, end, pieces.append).read(content)
    return "\n".join(lines)


def cell_text(text: str, kind: str, strings: list[str]) -> str:
    """Return the text of a cell; large numbers without an exponent."""
    if kind == "s" and text.isdigit():
        return strings[int(text)] if int(text) < len(strings) else ""
    if kind == "" and "E+" in text:
        return format(float(text), ".0f")
    return text
