"""The sections of the plain version, with the ids that results and other pages link to."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The field of the plain version, the id of its section and its heading.
PLAIN_SECTIONS: tuple[tuple[str, str, Promise], ...] = (
    ("what_happened", "que-paso", _("Qué pasó")),
    ("what_was_decided", "que-se-decidio", _("Qué se decidió")),
    ("why", "por-que", _("Por qué")),
    ("what_next", "que-sigue", _("Qué sigue")),
    ("what_to_do", "que-puedes-hacer", _("Qué pueden hacer las partes")),
)


def page_anchor(number: int) -> str:
    """Return the id of a page of the public version."""
    return f"pagina-{number}"
