"""Draw the infographics of the invented rulings: a column of numbered steps.

The pictures are committed in ``content/infographics``; ``manage.py draw_infographics`` draws them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from pages.sharing.share_image import draw_text, load_font, measure, wrap

WIDTH, MARGIN, GAP = 1080, 72, 36
PAPER, INK, ACCENT, SLAB = "#fbfaf7", "#1c1b19", "#1d3b91", "#f0ede6"
TITLE, HEADING, TEXT, SMALL = 56, 42, 34, 28
NUMBER = 92
COLORS = 32
NOTICE = "Ejemplo ficticio: este caso no ocurrió"

Step = tuple[str, str]


def draw_infographic(title: str, steps: Sequence[Step]) -> bytes:
    """Return the picture of a case as a PNG file."""
    blocks = [_measure_step(step) for step in steps]
    title_lines = wrap(title, load_font(TITLE), WIDTH - 2 * MARGIN, 4)
    top = MARGIN + len(title_lines) * _height(TITLE) + GAP
    height = top + sum(block + GAP for block in blocks) + _height(SMALL) + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAPER)
    for row, line in enumerate(title_lines):
        draw_text(image, (MARGIN, MARGIN + row * _height(TITLE)), line, load_font(TITLE), INK)
    y = top
    for number, (step, block) in enumerate(zip(steps, blocks, strict=True), 1):
        _draw_step(image, y, number, step, block)
        y += block + GAP
    draw_text(image, (MARGIN, y), NOTICE, load_font(SMALL), INK)
    output = BytesIO()
    image.quantize(COLORS).save(output, "PNG", optimize=True)
    return output.getvalue()


def _measure_step(step: Step) -> int:
    heading, text = _wrap_step(step)
    return 2 * GAP + len(heading) * _height(HEADING) + len(text) * _height(TEXT)


def _wrap_step(step: Step) -> tuple[list[str], list[str]]:
    width = WIDTH - 2 * MARGIN - NUMBER - 3 * GAP
    return wrap(step[0], load_font(HEADING), width, 2), wrap(step[1], load_font(TEXT), width, 6)


def _draw_step(image: Image.Image, y: int, number: int, step: Step, height: int) -> None:
    drawing = ImageDraw.Draw(image)
    drawing.rounded_rectangle((MARGIN, y, WIDTH - MARGIN, y + height), 18, fill=SLAB)
    left, middle = MARGIN + GAP, y + height // 2
    drawing.ellipse((left, middle - NUMBER // 2, left + NUMBER, middle + NUMBER // 2), fill=ACCENT)
    font = load_font(TITLE)
    place = (left + (NUMBER - measure(str(number), font)) / 2, middle - TITLE * 0.62)
    draw_text(image, place, str(number), font, PAPER)
    x, at = left + NUMBER + GAP, y + GAP
    for lines, size in zip(_wrap_step(step), (HEADING, TEXT), strict=True):
        for line in lines:
            draw_text(image, (x, at), line, load_font(size), ACCENT if size == HEADING else INK)
            at += _height(size)


def _height(size: int) -> int:
    """Return the height of a line."""
    return round(size * 1.35)
