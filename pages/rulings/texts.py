"""Read the text of a public version by pages: the typed text, else that of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from abierto.media.texts import load_document_text, parse_pages
from abierto.privacy.extraction.parts import FilePage


def choose_text(public: Any, stored: Any = None) -> Sequence[FilePage]:
    """Return the text of a ``PublicVersionPage``.

    ``stored`` is what ``media.texts.stored_text`` found of a file that visitors may have, else None.
    """
    return list_written_pages(public) or parse_pages(stored)


def list_written_pages(public: Any) -> list[FilePage]:
    """Return the pages that were written by hand."""
    return [FilePage(block.value["number"], block.value["text"]) for block in public.pages]


def read_draft_text(public: Any) -> Sequence[FilePage]:
    """Return the text that this version of a ``PublicVersionPage``, public or not, shows."""
    written = list_written_pages(public)
    return written if written or public.document is None else load_document_text(public.document)


def find_repeated_numbers(pages: Iterable[FilePage]) -> list[int]:
    """Return the page numbers that occur more than once: each is the id of an element."""
    times = Counter(page.number for page in pages if page.number is not None)
    return sorted(number for number, count in times.items() if count > 1)


def describe_published_text(public: Any) -> list[str]:
    """Return the notes for the reviewer on the text of a file: it is published, or the file has none."""
    if public.document_id is None or public.pages:
        return []
    pages = read_draft_text(public)
    if not pages:
        return [gettext("Es un archivo sin texto: el buscador no encontrará lo que dice.")]
    return [
        ngettext(
            "Se publica el texto del archivo (%(count)d página). Léelo en la vista previa: "
            "ahí sale también lo que esté debajo de un recuadro.",
            "Se publica el texto del archivo (%(count)d páginas). Léelo en la vista previa: "
            "ahí sale también lo que esté debajo de un recuadro.",
            len(pages),
        )
        % {"count": len(pages)}
    ]
