"""Spell out invisible characters, so that a reviewer sees them."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

LINE_FEED, SPACE = "\n", " "
#: Fillers of Hangul and a Braille cell without dots: letters by category, blank on screen.
BLANK_LETTERS = frozenset("\u3164\u115f\u1160\uffa0\u2800")

_REPEATED_SPACE = re.compile(r"(?<= ) | (?=\n|$)|(?<![^\n]) ")
_SPACES = re.compile(r"\s+")


def _character_names() -> dict[str, str]:
    return {
        "\t": _("tabulador"),
        "\r": _("retorno"),
        "\u00a0": _("espacio duro"),
        "\u202f": _("espacio duro estrecho"),
        "\u00ad": _("guion suave"),
        "\u200b": _("espacio de ancho cero"),
        "\u200c": _("separador de ancho cero"),
        "\u200d": _("unión de ancho cero"),
        "\u2060": _("unión de palabras"),
        "\ufeff": _("marca de orden de bytes"),
        "\u200e": _("marca de izquierda a derecha"),
        "\u200f": _("marca de derecha a izquierda"),
    }


def is_invisible(character: str) -> bool:
    """Check for control and format characters (zero width, direction, soft hyphen), but not a line feed."""
    if character == LINE_FEED:
        return False
    return unicodedata.category(character)[0] == "C" or character in BLANK_LETTERS


def character_name(character: str) -> str:
    """Return the name of a character in square brackets."""
    name = _character_names().get(character) or f"U+{ord(character):04X}"
    return f"[{name}]"


def name_invisible(text: str) -> str:
    """Replace invisible characters by their names; spaces and line feeds stay.

    Browsers send a line feed as a carriage return and a line feed.
    """
    text = text.replace("\r\n", LINE_FEED)
    return "".join(character_name(character) if is_invisible(character) else character for character in text)


def looks_equal(first: str, second: str) -> bool:
    """Check whether two texts look the same on screen although their stored values may differ."""
    return _visible_text(first) == _visible_text(second)


def _visible_text(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(character for character in composed if character == "\t" or not is_invisible(character))
    return _SPACES.sub(SPACE, seen).strip()


def spell_out(text: str) -> str:
    """Return ``text`` with all that could be overlooked by name: spaces in a row, breaks, combining marks."""
    spelled = _REPEATED_SPACE.sub(f"[{_('espacio')}]", text)
    return "".join(_spell_character(character) for character in spelled)


def _spell_character(character: str) -> str:
    if character == LINE_FEED:
        return f"[{_('salto de línea')}]{LINE_FEED}"
    category = unicodedata.category(character)
    unusual_space = category in ("Zs", "Zl", "Zp") and character != SPACE
    return (
        character_name(character)
        if unusual_space or category[0] == "M" or is_invisible(character)
        else character
    )
