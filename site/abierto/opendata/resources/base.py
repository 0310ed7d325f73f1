"""Fields and values that the records of pages share: address, dates, and the pages above them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.approval.models import WithdrawnFrom
from abierto.opendata.fields import Field, FieldKind, Record, from_source
from abierto.registry.models import Institution, Municipality, Person
from abierto.tenancy.tree_paths import ancestor_paths, find_nearest
from blocks.evidence import EvidenceValue
from pages.core.routing import HOME_DEPTH

PORTAL = _("El portal.")
#: Sorts after every step of a tree path.
LAST_STEP = "Z" * Page.steplen
TEXT, LIST, DAY, INTEGER, NUMBER = (
    FieldKind.TEXT,
    FieldKind.LIST,
    FieldKind.DAY,
    FieldKind.INTEGER,
    FieldKind.NUMBER,
)
YES_NO, ROWS, ADDRESS, MOMENT = FieldKind.YES_NO, FieldKind.ROWS, FieldKind.ADDRESS, FieldKind.MOMENT

#: Relations from ``Page`` to the page types above that records refer to.
JOINED_ABOVE = (
    "planpage",
    "axispage",
    "commitmentpage",
    "secretariatpage__secretariat",
    "micrositepage__municipality",
)

PAGE_START = from_source(
    PORTAL,
    Field(
        "id",
        TEXT,
        _("Identificador"),
        _("No cambia aunque cambien el título o la dirección."),
        is_required=True,
    ),
    Field("url", ADDRESS, _("Dirección"), _("La página en el portal.")),
    Field("title", TEXT, _("Título"), is_required=True),
    Field("summary", TEXT, _("Resumen"), _("En palabras del portal.")),
)
MUNICIPALITY = from_source(
    _("Catálogo de municipios del INEGI."),
    Field("municipality_code", TEXT, _("Clave del municipio"), _("La del INEGI. Vacía: es del estado.")),
    Field("municipality", TEXT, _("Municipio")),
)
DATES = from_source(
    PORTAL,
    Field("published", MOMENT, _("Publicado"), _("Cuándo se publicó aquí por primera vez.")),
    Field("modified", MOMENT, _("Cambió"), _("Cuándo cambió por última vez lo que dice el registro.")),
)
PAGE_END = (
    *MUNICIPALITY,
    *from_source(
        PORTAL,
        Field("source_name", TEXT, _("Documento de origen"), _("Del que se copió. Vacío: se escribió aquí.")),
        Field("source_date", DAY, _("Fecha del documento"), _("La que dice el documento.")),
        Field("source_url", ADDRESS, _("Dirección del documento")),
        Field("history_url", ADDRESS, _("Historial"), _("Quién lo reportó, quién lo aprobó y qué cambió.")),
    ),
    *DATES,
)


@dataclass(frozen=True)
class PagesAbove:
    """The ancestors of public pages, which are public themselves, by tree path."""

    by_path: dict[str, Page]

    def find(self, page: Page, relation: str) -> Any:
        """Return the nearest page of a type at or above ``page``; None without one."""
        found = {path: one for path, row in self.by_path.items() if (one := getattr(row, relation, None))}
        return find_nearest(page.path, found)

    def find_municipality(self, page: Page) -> Municipality | None:
        """Return the public municipality on whose microsite the page is."""
        site = self.find(page, "micrositepage")
        return site.public_municipality if site is not None else None


def read_above(pages: Iterable[Page]) -> PagesAbove:
    """Return ``pages`` and their ancestors for the references in records, with one query."""
    paths = {path for page in pages for path in (*ancestor_paths(page.path), page.path)}
    rows = Page.objects.filter(path__in=paths, depth__gt=HOME_DEPTH).select_related(*JOINED_ABOVE)
    return PagesAbove({row.path: row for row in rows})


def describe_start(page: Any, request: HttpRequest) -> Record:
    """Return the values of ``PAGE_START``."""
    return {
        "id": str(page.translation_key),
        "url": page_url(page, request),
        "title": page.title,
        "summary": page.summary,
    }


def describe_municipality(municipality: Municipality | None) -> Record:
    """Return the values of ``MUNICIPALITY``; empty for content of the state."""
    return {
        "municipality_code": municipality.code if municipality is not None else "",
        "municipality": municipality.name if municipality is not None else "",
    }


def describe_end(page: Any, above: PagesAbove) -> Record:
    """Return the values of ``PAGE_END``; ``page`` is annotated with ``modified``."""
    return {
        **describe_municipality(above.find_municipality(page)),
        "source_name": page.source_name,
        "source_date": page.source_date,
        "source_url": page.source_url,
        "history_url": absolute_url(reverse("pages:history", args=[page.pk])),
        "published": page.first_published_at,
        "modified": page.modified,
    }


def name_of(row: Institution | Person | None) -> str:
    """Return the name of a registry row; empty if it is not public."""
    return str(row) if row is not None and row.live else ""


def id_of(row: Institution | None) -> int | None:
    """Return the id of an institution; None if it is not public."""
    return row.pk if row is not None and row.live else None


def describe_place(row: Any, person: Person | None) -> Record:
    """Return the values of a party or of a seat of a secretariat: role, names, post, dates."""
    return {
        "role": row.role,
        "person": name_of(person),
        "institution_id": id_of(row.institution),
        "institution": name_of(row.institution),
        "post": row.post,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def full_url(url: str) -> str:
    """Return an address with the scheme and host of the portal, unless it has its own."""
    return absolute_url(url) if url.startswith("/") else url


def last_change_below(prefix: str = "") -> Any:
    """Return the expression of the last change of a page or of a page below it.

    Withdrawals below it count too, because they change the figures. ``prefix`` is the lookup of the page, for
    example «page__».
    """
    own = F(f"{prefix}last_published_at")
    published = Page.objects.filter(**_branch(OuterRef(f"{prefix}path"))).order_by()
    places = Page.objects.filter(**_branch(OuterRef(OuterRef(f"{prefix}path"))))
    withdrawn = WithdrawnFrom.objects.filter(page_number__in=places.values("pk")).order_by()
    return Greatest(
        own,
        Coalesce(Subquery(_latest(published, "last_published_at")), own),
        Coalesce(Subquery(_latest(withdrawn, "approval__created_at")), own),
    )


def last_change_with(own: Any, *moments: Any) -> Any:
    """Return the expression of the latest of ``own`` and the last changes of rows that a record refers to.

    A record repeats the name of an institution, so renaming the institution changes the record. A moment is
    null if there is no such row.
    """
    never = Value(datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), output_field=DateTimeField())
    return Greatest(own, *(Coalesce(moment, never) for moment in moments))


def last_change_named(rows: QuerySet[Any], relation: str) -> Any:
    """Return a subquery with the last change of a relation of ``rows``, which an outer row filters."""
    return Subquery(_latest(rows.order_by(), f"{relation}__last_published_at"))


def _branch(path: Any) -> dict[str, Any]:
    """Return the lookups of the pages at and below an outer path, as a range that can use the index."""
    return {"path__gte": path, "path__lt": Concat(path, Value(LAST_STEP))}


def _latest(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Return a queryset of one row with the latest value of a column."""
    grouped = rows.annotate(group=Value(1)).values("group")
    return grouped.annotate(latest=Max(column, output_field=DateTimeField())).values("latest")


EVIDENCE = from_source(
    _("Quien reporta."),
    Field("action_id", TEXT, _("Acción"), _("Vacía: prueba de todo el compromiso.")),
    Field("title", TEXT, _("Título")),
    Field("kind", TEXT, _("Tipo")),
    Field("url", ADDRESS, _("Dirección"), _("Vacía: se menciona sin enlace.")),
    Field("published_on", DAY, _("Fecha de publicación")),
)


def describe_evidence(piece: EvidenceValue, action_id: str = "") -> Record:
    """Return the values of ``EVIDENCE`` for one evidence block."""
    return {
        "action_id": action_id,
        "title": piece["title"],
        "kind": piece["kind"],
        "url": full_url(piece.address),
        "published_on": piece["published_on"],
    }
