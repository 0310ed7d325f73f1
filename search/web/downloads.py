"""The results of a question as a file: a table for a spreadsheet, data for a program, a feed to follow.

`/buscar/resultados.csv`, `.json` and `.atom` take the parameters of the page and give its first 500 results,
looked up in the database exactly as the page's are.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .cards import ResultCard

MOST = 500
BYTE_ORDER_MARK = "\ufeff"  # or Excel reads «Acción» as «AcciÃ³n»
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


# Every fact of a result, as a program reads it and as a person does.
COLUMNS = {
    "kind": _("Tipo"),
    "code": _("Clave"),
    "title": _("Título"),
    "trail": _("Dónde está"),
    "date": _("Fecha"),
    "progress": _("Avance"),
    "state": _("Situación"),
    "outcome": _("Qué se decidió"),
    "snippet": _("Fragmento"),
    "url": _("Dirección"),
}


@dataclass(frozen=True, slots=True)
class Download:
    """What every file says: the question, where it was asked, and the first results of how many."""

    title: str
    page_url: str
    own_url: str
    total: int
    cards: Sequence[ResultCard]
    base_url: str
    author: str

    def address_of(self, card: ResultCard) -> str:
        """The full address of a result."""
        return card.url if "://" in card.url else f"{self.base_url}{card.url}"


def as_csv(download: Download) -> bytes:
    """A table with one result a row; what a spreadsheet would take for a formula is made text."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(str(name) for name in COLUMNS.values())
    for card in download.cards:
        facts = _facts(download, card)
        table.writerow([safe_cell(str(facts[name] or "")) for name in COLUMNS])
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def as_json(download: Download) -> bytes:
    """The same facts for a program, with the total that the first results were taken from."""
    data = {
        "title": download.title,
        "url": download.page_url,
        "total": download.total,
        "results": [_facts(download, card) for card in download.cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def as_atom(download: Download) -> bytes:
    """A feed to follow the question; a page keeps its id when it is renamed or moved."""
    feed = Atom1Feed(
        title=download.title,
        link=download.page_url,
        description=None,
        language=get_language(),
        feed_url=download.own_url,
        author_name=download.author,
    )
    for card in download.cards:
        feed.add_item(
            title=_printable(f"{card.kind}: {card.hit.title}"),
            link=download.address_of(card),
            description=_printable(card.hit.snippet),  # markup, as a summary may be
            unique_id=stable_id(card),
            pubdate=card.page.first_published_at,
            updateddate=card.page.last_published_at or card.page.first_published_at,
        )
    return feed.writeString("utf-8").encode()


def stable_id(card: ResultCard) -> str:
    """What names a page for ever, whatever its address: the same in every file."""
    return uuid.uuid5(card.page.translation_key, str(card.page.locale_id)).urn


def safe_cell(text: str) -> str:
    """The text, never a formula: an apostrophe before whatever could begin one."""
    return f"'{text}" if text.lstrip(" \n\u00a0").startswith(FORMULA_STARTS) else text


def _facts(download: Download, card: ResultCard) -> dict[str, Any]:
    """What is said of one result, by the names of the columns."""
    return {
        "kind": card.kind.removesuffix(card.hit.code).strip(),
        "code": card.hit.code,
        "title": card.hit.title,
        "trail": card.hit.trail,
        "date": card.day.isoformat() if card.day else None,
        "progress": (card.figure.main or card.figure.stage or None) if card.figure else None,
        "state": str(card.figure.badge.text) if card.figure else None,
        "outcome": card.hit.outcome or None,
        "snippet": _plain(card.hit.snippet),
        "url": download.address_of(card),
    }


def _plain(markup: str) -> str:
    """A snippet without its marks, as text."""
    return html.unescape(markup.replace("<mark>", "").replace("</mark>", ""))


def _printable(text: str) -> str:
    """The text without the control characters that XML cannot carry."""
    return _CONTROLS.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    content_type: str
    write: Callable[[Download], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "json": Format("application/json; charset=utf-8", as_json),
    "atom": Format("application/atom+xml; charset=utf-8", as_atom),
}


def response_of(download: Download, name: str) -> HttpResponse:
    """The file as an answer: a spreadsheet is saved, the others are read where they are."""
    chosen = FORMATS[name]
    response = HttpResponse(chosen.write(download), content_type=chosen.content_type)
    if name == "csv":
        response["Content-Disposition"] = 'attachment; filename="resultados.csv"'
    return response
