"""Build the running text of a file by pages, with its lines joined to paragraphs."""

import re
from collections.abc import Iterable

from .parts import FilePage
from .xml_text import XmlReader

PAGE_BREAK = "\f"
#: The hyphen of a broken word at the end of a line: after a letter only, so that numbers keep theirs.
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")
_GOES_ON = re.compile(r"[a-záéíóúüñ]")
_ENDS_PARAGRAPH = tuple(".:;?!»”)")
_DELETED = frozenset({"del", "moveFrom", "instrText", "Fallback"})
_LINE_ENDS = frozenset({"p", "tr", "br", "cr"})


def make_page(number: int | None, text: str) -> FilePage:
    """Return a page with its lines joined to paragraphs."""
    return FilePage(number, join_lines(text))


def split_pages(text: str) -> list[FilePage]:
    """Split a text at its page breaks, numbered from 1; without breaks return one page without a number."""
    pieces = text.split(PAGE_BREAK)
    if len(pieces) == 1:
        return list(_with_text([make_page(None, text)]))
    return list(_with_text(make_page(number, piece) for number, piece in enumerate(pieces, 1)))


def _with_text(pages: Iterable[FilePage]) -> Iterable[FilePage]:
    return (page for page in pages if page.text)


def join_lines(text: str) -> str:
    """Join the lines of a printed page to paragraphs, one per line of the result.

    A paragraph ends at an empty line, or at a short line that ends a sentence.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
            continue
        if is_open:
            paragraphs[-1] = _join(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        is_open = not (line.endswith(_ENDS_PARAGRAPH) and len(line) < usual * 0.9)
    return "\n".join(paragraphs)


def _join(before: str, line: str) -> str:
    """Join two lines; a word that is broken between them loses its hyphen."""
    if _GOES_ON.match(line) and _BROKEN_WORD.search(before):
        return before[:-1] + line
    return f"{before} {line}"


def read_document_pages(content: bytes) -> list[FilePage]:
    """Return the pages of the body of a DOCX, split at the page breaks that Word stored.

    Deleted text, field codes and attributes, which readers do not see, are left out.
    """
    pieces: list[str] = []
    hidden: list[str] = []
    is_text = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in _DELETED:
            hidden.append(name)
        is_text[0] = name == "t"
        is_break = name == "lastRenderedPageBreak" or (
            name == "br"
            and any(key.endswith("type") and value == "page" for key, value in attributes.items())
        )
        if is_break and not hidden:
            pieces.append(PAGE_BREAK)

    def end(name: str) -> None:
        is_text[0] = False
        if hidden and hidden[-1] == name:
            hidden.pop()
        elif name in _LINE_ENDS:
            pieces.append("\n\n")
        elif name in ("tc", "tab"):
            pieces.append(" ")

    def data(text: str) -> None:
        if is_text[0] and not hidden:
            pieces.append(text)

    XmlReader(start, end, data).read(content)
    return split_pages(_drop_double_breaks("".join(pieces)))


def _drop_double_breaks(text: str) -> str:
    """Merge a break of the author with the rendered break that Word stores at the same place."""
    return re.sub(rf"{PAGE_BREAK}\s*{PAGE_BREAK}", PAGE_BREAK, text)
