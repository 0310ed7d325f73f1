"""The resource of rulings: the record, the public parts, and their text in passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.opendata.fields import Field, FieldKind, Record, from_source
from abierto.opendata.resource import PageResource
from abierto.registry.models import Institution
from abierto.tenancy.tree_paths import children_of_any, parent_path, parent_path_of
from abierto.tenancy.visibility import own_public_condition
from pages.core.search import Passage
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingGroup, RulingPage
from pages.rulings.part_queries import RulingParts, read_parts
from pages.rulings.parts import PART_TYPES, EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage
from pages.rulings.queries import read_all_lists
from pages.rulings.search import iter_other_passages, iter_plain_passages

from .base import (
    ADDRESS,
    DAY,
    INTEGER,
    LIST,
    MOMENT,
    PAGE_END,
    PAGE_START,
    PORTAL,
    ROWS,
    TEXT,
    YES_NO,
    describe_end,
    describe_start,
    id_of,
    last_change_below,
    last_change_named,
    last_change_with,
    name_of,
    read_above,
)
from .figures import match_pages_above

TRIBUNAL = _("El tribunal.")
PASSAGES = Field(
    "passages",
    FieldKind.ROWS,
    _("Texto por pasajes"),
    _("Todo el texto de las partes públicas, sin formato."),
    only_alone=True,
    items=from_source(
        TRIBUNAL,
        Field("part", TEXT, _("Parte"), _("El tipo de la parte.")),
        Field("heading", TEXT, _("Encabezado")),
        Field("url", ADDRESS, _("Dirección"), _("El lugar exacto en la página.")),
        Field("text", TEXT, _("Texto")),
    ),
)


class RulingResource(PageResource):
    """Rulings of tribunals with their public parts."""

    slug, name, title = "sentencias", "ruling", _("Sentencias")
    description = _("Las sentencias publicadas: su ficha, sus partes y su texto.")
    schema_type = "CreativeWork"
    model = RulingPage
    joined = ("tribunal", "chamber")
    filters: ClassVar = {"lista": "El identificador de la lista de un tribunal."}
    own_fields = (
        *PAGE_START,
        *from_source(
            TRIBUNAL,
            Field("case_number", TEXT, _("Número de expediente")),
            Field("tribunal_id", INTEGER, _("Identificador del tribunal")),
            Field("tribunal", TEXT, _("Tribunal")),
            Field("chamber", TEXT, _("Sala o juzgado")),
            Field("matter", TEXT, _("Materia")),
            Field("proceeding", TEXT, _("Tipo de juicio")),
            Field("decided_on", DAY, _("Fecha de la sentencia")),
            Field("outcome", TEXT, _("Resultado")),
            Field("decision", TEXT, _("Qué se decidió"), source=PORTAL),
            Field("topics", LIST, _("Temas"), source=PORTAL),
            Field("provisions", LIST, _("Artículos que aplica")),
            Field("has_gender_perspective", YES_NO, _("Con perspectiva de género")),
            Field("groups", LIST, _("Grupos de atención prioritaria")),
            Field("finality", TEXT, _("¿Es firme?")),
            Field("finality_date", DAY, _("Firme o cambiada desde")),
            Field("finality_reason", TEXT, _("Por qué")),
            Field("original_url", ADDRESS, _("Dirección original"), _("Donde la publica el tribunal.")),
            Field(
                "is_fictional", YES_NO, _("Es un ejemplo ficticio"), _("El caso no ocurrió."), source=PORTAL
            ),
            Field(
                "parts",
                ROWS,
                _("Partes públicas"),
                items=from_source(
                    PORTAL,
                    Field("kind", TEXT, _("Tipo"), _("public, plain, easy o infographic.")),
                    Field("title", TEXT, _("Nombre")),
                    Field("url", ADDRESS, _("Dirección")),
                    Field("modified", MOMENT, _("Cambió")),
                ),
            ),
        ),
        PASSAGES,
        *PAGE_END,
    )

    def read_public(self) -> QuerySet[RulingPage]:
        groups = RulingGroup.objects.order_by("sort_order", "pk")
        rows: QuerySet[RulingPage] = super().read_public()
        return rows.prefetch_related(Prefetch("groups", queryset=groups))

    def modified(self) -> Any:
        lists = RulingIndexPage.objects.filter(path=parent_path_of(OuterRef("path")))
        named = (F("tribunal__last_published_at"), F("chamber__last_published_at"))
        return last_change_with(last_change_below(), *named, last_change_named(lists, "tribunal"))

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above(RulingIndexPage, value)

    def build(self, rows: Sequence[RulingPage], request: HttpRequest) -> list[Record]:
        above, lists, parts = read_above(rows), read_all_lists(), read_part_pages(rows)
        found = []
        for page in rows:
            of_list = lists.get(parent_path(page.path))
            tribunal = page.tribunal or (of_list.tribunal if of_list is not None else None)
            record = describe_start(page, request) | _describe_ruling(page, tribunal)
            record["parts"] = [
                {
                    "kind": model.role,
                    "title": part.title,
                    "url": f"{record['url']}#{model.anchor}",
                    "modified": part.last_published_at,
                }
                for model, part in parts[page.path]
            ]
            found.append(record | describe_end(page, above))
        return found

    def build_alone(self, row: RulingPage, request: HttpRequest) -> Record:
        url = page_url(row, request)
        return {
            PASSAGES.name: [
                {
                    "part": part,
                    "heading": str(passage.heading),
                    "url": f"{url}#{passage.anchor}",
                    "text": passage.text,
                }
                for part, passage in list_passages(read_parts(row))
            ]
        }


def _describe_ruling(page: RulingPage, tribunal: Institution | None) -> Record:
    """Return the values of a ruling without its parts, and without the names of those who voted."""
    return {
        "case_number": page.case_number,
        "tribunal_id": id_of(tribunal),
        "tribunal": name_of(tribunal),
        "chamber": name_of(page.chamber),
        "matter": page.matter,
        "proceeding": page.proceeding,
        "decided_on": page.decided_on,
        "outcome": page.outcome,
        "decision": page.decision,
        "topics": page.topic_list,
        "provisions": page.provision_list,
        "has_gender_perspective": page.has_gender_perspective,
        "groups": [row.group for row in page.groups.all()],
        "finality": page.finality,
        "finality_date": page.finality_date,
        "finality_reason": page.finality_reason,
        "original_url": page.original_url,
        "is_fictional": page.is_fictional,
    }


def read_part_pages(rulings: Sequence[RulingPage]) -> dict[str, list[tuple[Any, Page]]]:
    """Return the public parts of public rulings with their classes, by tree path of the ruling; one query."""
    below = children_of_any(ruling.path for ruling in rulings)
    pages = Page.objects.filter(below, own_public_condition()).order_by("path")
    found: dict[str, list[tuple[Any, Page]]] = defaultdict(list)
    for page in pages:
        if (model := page.specific_class) in PART_TYPES:
            found[parent_path(page.path)].append((model, page))
    return found


def list_passages(parts: RulingParts) -> list[tuple[str, Passage]]:
    """Return the passages of the public parts of a ruling, each with the kind of its part."""
    plain = iter_plain_passages(parts.plain) if parts.plain is not None else ()
    kinds = {EasyReadPage.anchor: EasyReadPage.role, InfographicPage.anchor: InfographicPage.role}
    others = iter_other_passages(parts)
    found = [(PlainVersionPage.role, passage) for passage in plain]
    found += [(kinds.get(passage.anchor, PublicVersionPage.role), passage) for passage in others]
    return [(part, passage) for part, passage in found if passage.text]
