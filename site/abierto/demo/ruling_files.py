"""Draw the PDF files of the invented rulings: with text, or as a scan with a picture of each page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from pages.sharing.share_image import draw_text, load_font, wrap

NOTICE = "Ejemplo ficticio: este caso no ocurrió."
# Of a letter page, in points.
WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 612, 792, 72, 12, 18
WRAPPER = textwrap.TextWrapper(width=78, break_long_words=False, break_on_hyphens=False)
# Pixels for each point of a scan, its rotation in degrees, and its colours.
SCALE, TILT, PAPER, INK = 2, 0.6, "#f4f1ea", "#2b2926"


def draw_text_pdf(texts: Sequence[str]) -> bytes:
    """Return a PDF with the text of each page below its number."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    for number, text in enumerate(texts, 1):
        page = writer.add_blank_page(WIDTH, HEIGHT)
        stream = DecodedStreamObject()
        stream.set_data(_write_lines(_lines_of_page(number, text)))
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return _save(writer)


def _lines_of_page(number: int, text: str) -> Iterator[str]:
    yield NOTICE
    yield ""
    for paragraph in text.split("\n"):
        yield from WRAPPER.wrap(paragraph) or [""]
        yield ""
    yield f"Página {number}"


def _write_lines(lines: Iterator[str]) -> bytes:
    """Return the instructions that draw the lines from the top of the page."""
    start = f"BT /F1 {SIZE} Tf {LEADING} TL {MARGIN} {HEIGHT - MARGIN} Td".encode()
    drawn = (b"(" + _escape(line.encode("cp1252", errors="replace")) + b") Tj T*" for line in lines)
    return b"\n".join([start, *drawn, b"ET"])


def _escape(text: bytes) -> bytes:
    for special in (b"\\", b"(", b")"):
        text = text.replace(special, b"\\" + special)
    return text


def _save(writer: PdfWriter) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def draw_scan(texts: Sequence[str]) -> bytes:
    """Return a PDF with a picture of each page, as a scanner makes it: without text."""
    pictures = [_draw_page(number, text) for number, text in enumerate(texts, 1)]
    output = BytesIO()
    pictures[0].save(output, "PDF", save_all=True, append_images=pictures[1:], resolution=72 * SCALE)
    return output.getvalue()


def _draw_page(number: int, text: str) -> Image.Image:
    page = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    font, left = load_font(SIZE * SCALE), MARGIN * SCALE
    lines = [NOTICE, "", *wrap(text, font, (WIDTH - 2 * MARGIN) * SCALE, 40), "", f"Página {number}"]
    for row, line in enumerate(lines):
        draw_text(page, (left, left + row * LEADING * SCALE), line, font, INK)
    return page.rotate(TILT, Image.Resampling.BICUBIC, fillcolor=PAPER).convert("L")
