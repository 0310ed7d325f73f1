"""Draw the image of a shared page with the font of Pillow, to which accents are added.

Pillow embeds Aileron (CC0) without accented letters: accents are drawn over the plain letters.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont
# The plain letter and the sign over it.
_ACCENTED = {
    "á": ("a", "´"), "é": ("e", "´"), "í": ("i", "´"), "ó": ("o", "´"), "ú": ("u", "´"),
    "Á": ("A", "´"), "É": ("E", "´"), "Í": ("I", "´"), "Ó": ("O", "´"), "Ú": ("U", "´"),
    "ñ": ("n", "~"), "Ñ": ("N", "~"), "ü": ("u", ".."), "Ü": ("U", ".."),
}  # fmt: skip
_TURNED = {"¿": "?", "¡": "!"}
_PLAIN = str.maketrans({"–": "-", "—": "-", "\u00a0": " ", "“": '"', "”": '"'})


@cache
def load_font(size: int) -> Font:
    """Return the font of Pillow in a size in pixels."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType.")
    return font


def measure(text: str, font: Font) -> float:
    """Return the width of ``text`` in pixels."""
    return sum(font.getlength(_base(sign)) for sign in text.translate(_PLAIN))


def wrap(text: str, font: Font, width: int, most: int) -> list[str]:
    """Break ``text`` into at most ``most`` lines of ``width`` pixels; what is left out becomes «…»."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if measure(longer, font) <= width or not line:
            line = longer
        elif len(lines) == most - 1:
            return [*lines, f"{line}…"]
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines


def draw_text(image: Image.Image, place: tuple[float, float], text: str, font: Font, ink: str) -> None:
    """Draw ``text`` on ``image``; ``place`` is its upper left corner."""
    x, y = place
    for sign in text.translate(_PLAIN):
        _draw_sign(image, (x, y), sign, font, ink)
        x += font.getlength(_base(sign))


def _base(sign: str) -> str:
    return _ACCENTED[sign][0] if sign in _ACCENTED else _TURNED.get(sign, sign)


def _draw_sign(image: Image.Image, place: tuple[float, float], sign: str, font: Font, ink: str) -> None:
    x, y = place
    base, height = _base(sign), int(font.size * 2)
    width = int(font.getlength(base)) + height
    mask = Image.new("L", (width, height))
    drawing = ImageDraw.Draw(mask)
    left, top = height // 2, int(font.size * 0.6)
    drawing.text((left, top), base, fill=255, font=font)
    if sign in _TURNED:
        mask = _turn(mask)
    elif sign in _ACCENTED:
        _set_accent(mask, (left, top), sign, font)
    image.paste(ink, (int(x) - left, int(y) - top), mask)


def _turn(mask: Image.Image) -> Image.Image:
    """Rotate the sign of a mask by 180 degrees and lower it: «¿» from «?»."""
    box = mask.getbbox()
    if box is None:
        return mask
    turned = Image.new("L", mask.size)
    lower = (box[3] - box[1]) // 4
    turned.paste(mask.crop(box).transpose(Image.Transpose.ROTATE_180), (box[0], box[1] + lower))
    return turned


def _set_accent(mask: Image.Image, place: tuple[int, int], sign: str, font: Font) -> None:
    """Set the accent of ``sign`` over the middle of its plain letter, which is drawn at ``place``."""
    base, accent = _ACCENTED[sign]
    left, top = place
    drawing = ImageDraw.Draw(mask)
    letter = mask.getbbox() or (left, top, left, top)
    if base == "i":
        # The accent takes the place of the dot: the letter begins where an «x» does.
        roof = int(top + font.getbbox("x")[1])
        drawing.rectangle((0, 0, mask.width, roof - 1), fill=0)
        letter = mask.getbbox() or letter
    sign_mask = Image.new("L", mask.size)
    ImageDraw.Draw(sign_mask).text((left, top), accent, fill=255, font=font)
    drawn = sign_mask.crop(sign_mask.getbbox())
    x = (letter[0] + letter[2] - drawn.width) // 2
    mask.paste(drawn, (x, int(letter[1] - font.size * 0.07) - drawn.height))


# --- The picture of a shared page ----------------------------------------------------------------------


WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_PAPER, _INK, _SOFT, _ACCENT = "#fbfaf7", "#191c2a", "#4b4e5c", "#1d3b91"
_TITLE, _FIGURE, _STAGE, _SMALL = 52, 150, 72, 32
_BORDER = 14


@lru_cache(maxsize=64)
def draw_share_image(portal: str, title: str, figure: str = "", note: str = "") -> bytes:
    """Return the image of a shared page as PNG of ``WIDTH`` × ``HEIGHT`` pixels.

    ``figure`` is a percentage or a stage, ``note`` says of which day.
    """
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
    # Few colours are needed: the file has a quarter of the bytes.
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _fits(text: str, size: int, width: int) -> bool:
    return measure(text, load_font(size)) <= width
