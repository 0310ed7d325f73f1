"""The sections of the plain version, with the ids that results and other pages link to."""

from __future__ import annotations

import re

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


#: The id of the section of the public version.
PUBLIC_ANCHOR = "version-publica"


_PAGE_ANCHOR = re.compile(r"pagina-(\d+)")


def page_anchor(number: int | None) -> str:
    """Return the id of a page of the public version; of the whole where its text has no pages."""
    return f"pagina-{number}" if number is not None else PUBLIC_ANCHOR


def page_of_anchor(anchor: str) -> int | None:
    """Return the number of the page of the public version with this id; None for another section."""
    found = _PAGE_ANCHOR.fullmatch(anchor)
    return int(found[1]) if found else None
