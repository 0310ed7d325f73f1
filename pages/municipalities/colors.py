"""Validate the colours of a microsite by their contrast, and compute its palette.

Only the lightness of a colour is adjusted (in OKLCH), so that hue and chroma stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import cbrt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: WCAG 2.2, AA, for text of any size; links on dark paper get more.
AA = 4.5
ON_DARK = 7.0

#: The backgrounds of links in ``static/abierto.css``: ``--stone`` in the light and in the dark theme.
INK = "#191c2a"
WHITE = "#ffffff"
STONE = "#f0ede6"
PAPER = "#fbfaf7"
DARK_INK = "#10162b"
DARK_PAPER = "#12151d"
DARK_GROUND = "#20252f"

DEFAULT_COLOR = "#1d3b91"
_STEPS = 500
_HEX = re.compile(r"#[0-9a-f]{6}")

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Palette:
    """The values of the style sheet that a microsite changes; status colours are the same everywhere."""

    band: str
    band_ink: str
    accent: str
    accent_ink: str
    accent_soft: str
    dark_accent: str
    dark_accent_ink: str
    dark_accent_soft: str


@cache
def build_palette(band: str, accent: str) -> Palette:
    """Return the palette of two colours that passed their validators."""
    on_dark = find_nearest(accent, lambda color: contrast(color, DARK_GROUND) >= ON_DARK)
    return Palette(
        band=band,
        band_ink=choose_ink(band),
        accent=accent,
        accent_ink=WHITE,
        accent_soft=mix(accent, PAPER, 0.1),
        dark_accent=on_dark,
        dark_accent_ink=DARK_INK,
        dark_accent_soft=mix(accent, DARK_PAPER, 0.2),
    )


def validate_band_color(value: str) -> None:
    """Refuse a background on which neither white nor dark text has enough contrast.

    Raises:
        ValidationError: with the nearest colour that passes.
    """
    _require_hex(value)
    if not _is_readable_band(value):
        raise ValidationError(
            _(
                "Sobre %(color)s no se lee el nombre: el contraste es de %(contrast)s y debe ser de 4.5 o "
                "más. El color más parecido que sí se lee es %(nearest)s."
            ),
            code="contrast",
            params={
                "color": value,
                "contrast": _round_down(contrast(value, choose_ink(value))),
                "nearest": find_nearest(value, _is_readable_band),
            },
        )


def validate_accent_color(value: str) -> None:
    """Refuse a colour of links and buttons without enough contrast on the light background of the pages.

    Raises:
        ValidationError: with the nearest colour that passes.
    """
    _require_hex(value)
    if not _is_readable_accent(value):
        raise ValidationError(
            _(
                "Con %(color)s no se leen los enlaces: el contraste con el fondo es de %(contrast)s y debe "
                "ser de 4.5 o más. El color más parecido que sí se lee es %(nearest)s."
            ),
            code="contrast",
            params={
                "color": value,
                "contrast": _round_down(contrast(value, STONE)),
                "nearest": find_nearest(value, _is_readable_accent),
            },
        )


def choose_ink(band: str) -> str:
    """Return white if it can be read on ``band``, else the darker or lighter ink with more contrast."""
    if contrast(WHITE, band) >= AA:
        return WHITE
    return max(INK, WHITE, key=lambda ink: contrast(ink, band))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG, from 0 to 1."""
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def find_nearest(color: str, passes: Callable[[str], bool]) -> str:
    """Return the colour of the same hue that passes and is nearest in lightness; else black or white."""
    if passes(color):
        return color
    lightness, a, b = _to_oklab(color)
    for step in range(1, _STEPS + 1):
        for changed in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= changed <= 1 and passes(found := _from_oklab(changed, a, b)):
                return found
    return next((found for found in ("#000000", WHITE) if passes(found)), color)


def mix(color: str, ground: str, share: float) -> str:
    """Blend ``share`` (0 to 1) of ``color`` with ``ground``."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return _to_hex(*(above * share + below * (1 - share) for above, below in pairs))


def _is_readable_band(color: str) -> bool:
    return contrast(choose_ink(color), color) >= AA


def _is_readable_accent(color: str) -> bool:
    """Check the contrast with the darkest light background and with the white text of buttons."""
    return contrast(color, STONE) >= AA and contrast(color, WHITE) >= AA


def _require_hex(value: str) -> None:
    if not _HEX.fullmatch(value):
        raise ValidationError(_("Escribe el color con seis cifras, por ejemplo #1d3b91."), code="color")


def _round_down(ratio: float) -> str:
    """Write a ratio with one decimal; 4.49 must not read as 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"


def _channels(color: str) -> Rgb:
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _to_hex(*channels: float) -> str:
    return "#" + "".join(f"{round(min(max(value, 0), 1) * 255):02x}" for value in channels)


def _linear(color: str) -> Rgb:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(color)
    )
    return red, green, blue


def _to_oklab(color: str) -> Rgb:
    """Convert to OKLab (Björn Ottosson, 2020)."""
    red, green, blue = _linear(color)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> str:
    """Convert from OKLab, with the chroma reduced to what the screen can show at this lightness."""
    for share in range(20, -1, -1):
        channels = _oklab_to_linear(lightness, a * share / 20, b * share / 20)
        if all(-0.0001 <= value <= 1.0001 for value in channels):
            break
    return _to_hex(*(_encode(min(max(value, 0), 1)) for value in channels))


def _oklab_to_linear(lightness: float, a: float, b: float) -> Rgb:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encode(value: float) -> float:
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)
