"""Search results as a file: Excel, CSV, JSON and an Atom feed.

`/buscar/resultados.xlsx`, `.csv`, `.json` and `.atom` take the parameters of the results page and return its
first 500 results, checked against the database as on the page.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.exports import BYTE_ORDER_MARK, safe_cell
from abierto.opendata.fields import Field, FieldKind
from abierto.opendata.file_metadata import FileMetadata
from abierto.opendata.xlsx_files import write_xlsx
from abierto.spreadsheets.xlsx import XLSX

from .cards import ResultCard

MAX_RESULTS = 500
INSTITUTION_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "institution")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# The fields of a result, by their JSON name and their CSV heading.
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
    """The content of a file: the query, its addresses, and the first cards of the total."""

    title: str
    page_url: str
    own_url: str
    total: int
    cards: Sequence[ResultCard]
    base_url: str
    author: str

    def address_of(self, card: ResultCard) -> str:
        """Return the absolute address of a result."""
        return card.url if "://" in card.url else f"{self.base_url}{card.url}"


def as_csv(download: Download) -> bytes:
    """Write one result per row; text that a spreadsheet would run as a formula is quoted."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(str(name) for name in COLUMNS.values())
    for card in download.cards:
        facts = _result_fields(download, card)
        table.writerow([safe_cell(str(facts[name] or "")) for name in COLUMNS])
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


#: The fields of a workbook: the types of their cells, and what they mean.
FIELDS = {
    "kind": (FieldKind.TEXT, ""),
    "code": (FieldKind.TEXT, "La del plan."),
    "title": (FieldKind.TEXT, ""),
    "trail": (FieldKind.TEXT, "Las páginas de las que cuelga."),
    "date": (FieldKind.DAY, "La del documento, no la del día en que se cargó."),
    "progress": (FieldKind.NUMBER, "En por ciento; donde no hay porcentaje, la etapa."),
    "state": (FieldKind.TEXT, "El avance contra el esperado."),
    "outcome": (FieldKind.TEXT, "De una sentencia."),
    "snippet": (FieldKind.TEXT, "La parte del texto que tiene tus palabras."),
    "url": (FieldKind.ADDRESS, ""),
}


def as_xlsx(download: Download) -> bytes:
    """Write a workbook with the results, the dictionary and their source."""
    fields = [
        Field(name, kind, str(COLUMNS[name]), meaning, source="El portal.")
        for name, (kind, meaning) in FIELDS.items()
    ]
    about = FileMetadata(download.title, download.page_url, timezone.localdate(), download.author)
    with write_xlsx(fields, (_typed_fields(download, card) for card in download.cards), about) as file:
        return file.read()


def _typed_fields(download: Download, card: ResultCard) -> dict[str, Any]:
    """Return the fields of one result with its day and its percentage as values."""
    facts = _result_fields(download, card) | {"date": card.day}
    if card.figure is not None and card.figure.main:
        facts["progress"] = Decimal(card.figure.main.rstrip("% \u00a0"))
    return facts


def as_json(download: Download) -> bytes:
    """Write the same fields as JSON, with the total."""
    data = {
        "title": download.title,
        "url": download.page_url,
        "total": download.total,
        "results": [_result_fields(download, card) for card in download.cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def as_atom(download: Download) -> bytes:
    """Write a feed of the query; a page keeps its id when it is renamed or moved."""
    feed = Atom1Feed(
        title=_printable(download.title),
        link=download.page_url,
        description=None,
        language=get_language(),
        feed_url=download.own_url,
        author_name=_printable(download.author),
    )
    for card in download.cards:
        # Copied content is dated by its source, not by the day of its import.
        moment = _midnight(card.day) if card.day else card.record.last_published_at
        feed.add_item(
            title=_printable(f"{card.kind}: {card.hit.title}"),
            link=download.address_of(card),
            description=_printable(card.hit.snippet),  # an Atom summary may contain markup
            unique_id=stable_id(card),
            pubdate=moment,
            updateddate=moment,
        )
    return feed.writeString("utf-8").encode()


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def stable_id(card: ResultCard) -> str:
    """Return the permanent id of a page or an institution, independent of its address and its name."""
    if isinstance(card.record, Page):
        return uuid.uuid5(card.record.translation_key, str(card.record.locale_id)).urn
    return uuid.uuid5(INSTITUTION_IDS, str(card.record.pk)).urn


def _result_fields(download: Download, card: ResultCard) -> dict[str, Any]:
    """Return the fields of one result, by column."""
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
    """Return a snippet as plain text."""
    return html.unescape(markup.replace("<mark>", "").replace("</mark>", ""))


def _printable(text: str) -> str:
    """Replace the characters that XML does not allow."""
    return _CONTROLS.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    write: Callable[[Download], bytes]


#: Formats that the browser saves; it opens the others.
SAVED = ("xlsx", "csv")
FORMATS = {
    "xlsx": Format(XLSX, as_xlsx),
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "json": Format("application/json; charset=utf-8", as_json),
    "atom": Format("application/atom+xml; charset=utf-8", as_atom),
}


def build_response(download: Download, name: str) -> HttpResponse:
    """Build the response: tables are saved, the other formats open in the browser."""
    chosen = FORMATS[name]
    response = HttpResponse(chosen.write(download), content_type=chosen.content_type)
    if name in SAVED:
        response["Content-Disposition"] = f'attachment; filename="resultados.{name}"'
    return response
