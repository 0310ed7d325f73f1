"""The picture of a page for those who share it: its title, its figure and its date, 1200 × 630 pixels."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from .lettering import draw_text, load_font, measure, wrap

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_PAPER, _INK, _SOFT, _ACCENT = "#fbfaf7", "#191c2a", "#4b4e5c", "#1d3b91"
_TITLE, _FIGURE, _STAGE, _SMALL = 52, 150, 72, 32
_BORDER = 14


@lru_cache(maxsize=64)
def draw_share_image(portal: str, title: str, figure: str = "", note: str = "") -> bytes:
    """Return the picture as PNG. ``figure`` is a percentage or a stage, ``note`` says of which day."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=_ACCENT, width=_BORDER)
    inner = WIDTH - 2 * _MARGIN
    y = _MARGIN - 10.0
    lines = wrap(title, load_font(_TITLE), inner, 3 if figure else 5)
    for line in lines:
        draw_text(image, (_MARGIN, y), line, load_font(_TITLE), _INK)
        y += _TITLE * 1.3
    if figure:
        size = next((size for size in (_FIGURE, _STAGE) if _fits(figure, size, inner)), _SMALL)
        draw_text(image, (_MARGIN, y + 16), figure, load_font(size), _ACCENT)
        draw_text(image, (_MARGIN, y + 16 + size * 1.15), note, load_font(_SMALL), _SOFT)
    draw_text(image, (_MARGIN, HEIGHT - _MARGIN - 10), portal, load_font(_SMALL), _SOFT)
    written = io.BytesIO()
    # The few colours of letters on paper: a quarter of the bytes.
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _fits(text: str, size: int, width: int) -> bool:
    return measure(text, load_font(size)) <= width
