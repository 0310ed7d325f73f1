"""What a good practice must say before it is published; each function returns an error or nothing."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.registry.models import Municipality
from abierto.text import visible_text

FIRST_YEAR = 2000


def year_error(year: int | None) -> str:
    """Return the error of a year that is missing, has not come, or is before there was open government."""
    this_year = timezone.localdate().year
    if year is not None and FIRST_YEAR <= year <= this_year:
        return ""
    return _("Escribe un año entre %(first)s y %(last)s.") % {"first": FIRST_YEAR, "last": this_year}


def municipality_error(chosen: Municipality | None, own: str) -> str:
    """Return the error of a practice in the microsite of the municipality ``own`` that names another."""
    if not own or (chosen is not None and chosen.name == own):
        return ""
    return _("Esta página es del micrositio de %(name)s. Elige ese municipio.") % {"name": own}


def missing_text_errors(**texts: str) -> dict[str, str]:
    """Return the errors, by field, of empty texts that a reader needs to repeat the practice."""
    sentences = {
        "what_was_done": _("Escribe qué se hizo."),
        "result": _("Escribe qué resultado dio."),
        "how_to_repeat": _("Escribe cómo lo puede repetir otra institución."),
    }
    return {name: sentences[name] for name, text in texts.items() if not visible_text(text)}
