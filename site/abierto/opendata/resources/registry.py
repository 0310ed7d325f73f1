"""Resources of the registry: institutions, municipalities with their roadmap, secretariats, SDG targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import DateTimeField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.opendata.fields import Field, Record, from_source
from abierto.opendata.resource import Resource
from abierto.registry.models import Institution, Municipality, SDGTarget, Seat, Secretariat
from abierto.tenancy.tree_paths import parent_path
from pages.institutions.queries import institution_url
from pages.municipalities.queries import read_towns
from pages.roadmaps.models import RoadmapPage, RoadmapStep
from pages.secretariats.models import SecretariatPage

from .base import (
    ADDRESS,
    DATES,
    DAY,
    INTEGER,
    LIST,
    MUNICIPALITY,
    PORTAL,
    ROWS,
    TEXT,
    describe_municipality,
    describe_place,
    full_url,
    id_of,
    last_change_named,
    last_change_with,
    name_of,
)

CENSUS = "Censo de Población y Vivienda 2020, INEGI."
DOCUMENTS = _("Los documentos oficiales.")


class RegistryResource(Resource):
    """Base of the resources of reviewed registry rows."""

    model: ClassVar[type[Any]]

    def read_public(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.public().order_by().annotate(modified=self.modified())
        return rows

    def modified(self) -> Any:
        """Return the expression of the moment at which the record last changed."""
        return F("last_published_at")

    def find_hidden(self, record_id: str) -> Any:
        return self.model.objects.filter(self.match_id(record_id)).first()


class InstitutionResource(RegistryResource):
    """Institutions with their successor and contacts."""

    slug, name, title = "instituciones", "institution", _("Instituciones")
    description = _("Dependencias, organismos, universidades y organizaciones que responden o participan.")
    schema_type = "Organization"
    model = Institution
    own_fields = (
        *from_source(
            DOCUMENTS,
            Field(
                "id", INTEGER, _("Identificador"), _("No cambia aunque cambie el nombre."), is_required=True
            ),
            Field("url", ADDRESS, _("Dirección"), _("La página en el portal."), source=PORTAL),
            Field("name", TEXT, _("Nombre"), is_required=True),
            Field("acronym", TEXT, _("Siglas")),
            Field("common_name", TEXT, _("Nombre corto"), source=PORTAL),
            Field("kind", TEXT, _("Tipo")),
            Field("valid_from", DAY, _("Existe desde")),
            Field("valid_until", DAY, _("Existió hasta")),
            Field("successor_id", INTEGER, _("Identificador de la sucesora")),
            Field("successor", TEXT, _("Sucesora"), _("La que tomó sus funciones.")),
            Field("website", ADDRESS, _("Sitio oficial")),
            Field("email", TEXT, _("Correo oficial")),
            Field("transparency_url", ADDRESS, _("Página de la unidad de transparencia")),
            Field("transparency_email", TEXT, _("Correo de la unidad de transparencia")),
            Field("transparency_phone", TEXT, _("Teléfono de la unidad de transparencia")),
            Field("transparency_address", TEXT, _("Domicilio de la unidad de transparencia")),
        ),
        *DATES,
    )

    def read_public(self) -> QuerySet[Institution]:
        return super().read_public().select_related("successor")

    def modified(self) -> Any:
        return last_change_with(super().modified(), F("successor__last_published_at"))

    def build(self, rows: Sequence[Institution], request: HttpRequest) -> list[Record]:
        own = ("name", "acronym", "common_name", "kind", "valid_from", "valid_until")
        contact = ("website", "email", "transparency_url", "transparency_email", "transparency_phone",
                   "transparency_address")  # fmt: skip
        return [
            {"id": row.pk, "url": absolute_url(institution_url(row))}
            | {name: getattr(row, name) for name in own}
            | {"successor_id": id_of(row.successor), "successor": name_of(row.successor)}
            | {name: getattr(row, name) for name in contact}
            | {"published": row.first_published_at, "modified": row.modified}
            for row in rows
        ]


ROADMAP_SOURCE = _("La hoja de ruta que publica el municipio.")


class MunicipalityResource(RegistryResource):
    """Municipalities with the steps of their roadmap."""

    slug, name, title = "municipios", "municipality", _("Municipios")
    description = _("Los municipios, con su sitio y su hoja de ruta hacia un plan.")
    schema_type = "AdministrativeArea"
    model = Municipality
    order = "code"
    own_fields = (
        *from_source(
            _("Catálogo de municipios del INEGI."),
            Field("id", TEXT, _("Clave"), _("La clave del INEGI: cinco dígitos."), is_required=True),
            Field("url", ADDRESS, _("Dirección"), _("Su página o su micrositio."), source=PORTAL),
            Field("name", TEXT, _("Nombre"), is_required=True),
            Field("other_names", LIST, _("Otros nombres"), _("Como le dice la gente."), source=PORTAL),
            Field("population", INTEGER, _("Población"), unit=_("personas"), source=CENSUS),
        ),
        *from_source(
            DOCUMENTS,
            Field("external_site_url", ADDRESS, _("Sitio propio")),
            Field("external_site_source", TEXT, _("De dónde sale la dirección")),
            Field("facts", LIST, _("Lo que consta")),
            Field("facts_source", TEXT, _("Documento del que consta")),
        ),
        *from_source(
            ROADMAP_SOURCE,
            Field("road_id", TEXT, _("Identificador de la hoja de ruta"), source=PORTAL),
            Field("road_url", ADDRESS, _("Dirección de la hoja de ruta"), source=PORTAL),
            Field("declaration", TEXT, _("Declaración conjunta"), _("El día en que se firmó.")),
            Field(
                "steps",
                ROWS,
                _("Pasos"),
                items=from_source(
                    ROADMAP_SOURCE,
                    Field("number", INTEGER, _("Número")),
                    Field("name", TEXT, _("Paso")),
                    Field("status", TEXT, _("Estado"), _("unknown: no consta en ningún documento.")),
                    Field("done_on", DAY, _("Fecha")),
                    Field("place", TEXT, _("Lugar")),
                    Field("note", TEXT, _("Qué consta")),
                ),
            ),
        ),
        *DATES,
    )

    def match_id(self, record_id: str) -> Q:
        return Q(code=record_id)

    def build(self, rows: Sequence[Municipality], request: HttpRequest) -> list[Record]:
        towns = {town.municipality.pk: town.url for town in read_towns(request)}
        roadmaps = read_roadmaps()
        own = ("external_site_url", "external_site_source")
        found = []
        for row in rows:
            record: Record = {"id": row.code, "url": full_url(towns.get(row.pk) or ""), "name": row.name}
            record |= {"other_names": row.other_names, "population": row.population}
            record |= {name: getattr(row, name) for name in own}
            record |= {"facts": row.known_facts, "facts_source": row.facts_source}
            record |= _describe_roadmap(roadmaps.get(row.pk), request)
            found.append(record | {"published": row.first_published_at, "modified": row.modified})
        return found


def read_roadmaps() -> dict[int, RoadmapPage]:
    """Return the public roadmaps by the id of their municipality, with three queries."""
    steps = RoadmapStep.objects.filter(step__live=True).select_related("step").order_by("step__number", "pk")
    pages = RoadmapPage.objects.public().source_language()
    pages = list(pages.prefetch_related(Prefetch("steps", queryset=steps)).order_by("path"))
    above = {parent_path(page.path) for page in pages if page.municipality_id is None}
    sites = Page.objects.filter(path__in=above, micrositepage__isnull=False)
    of_site = dict(sites.values_list("path", "micrositepage__municipality"))
    found: dict[int, RoadmapPage] = {}
    for page in pages:
        town = page.municipality_id or of_site.get(parent_path(page.path))
        if town is not None:
            found.setdefault(town, page)
    return found


def _describe_roadmap(page: RoadmapPage | None, request: HttpRequest) -> Record:
    steps = [] if page is None else [row for row in page.steps.all() if row.step.live]
    return {
        "road_id": str(page.translation_key) if page is not None else "",
        "road_url": page_url(page, request) if page is not None else "",
        "declaration": page.declaration if page is not None else "",
        "steps": [
            {
                "number": row.step.number,
                "name": row.step.name,
                "status": row.status,
                "done_on": row.done_on,
                "place": row.place,
                "note": row.note,
            }
            for row in steps
        ],
    }


SEAT = from_source(
    _("El registro de integrantes."),
    Field("role", TEXT, _("Papel")),
    Field("person", TEXT, _("Persona")),
    Field("institution_id", INTEGER, _("Identificador de la institución")),
    Field("institution", TEXT, _("Institución")),
    Field("post", TEXT, _("Cargo")),
    Field("valid_from", DAY, _("Desde")),
    Field("valid_until", DAY, _("Hasta")),
)


def describe_seat(seat: Seat) -> Record:
    """Return the values of ``SEAT``."""
    return describe_place(seat, seat.person)


class SecretariatResource(RegistryResource):
    """Technical secretariats with their seats."""

    slug, name, title = "secretariados", "secretariat", _("Secretariados")
    description = _("Los secretariados técnicos que siguen los planes, con sus integrantes.")
    schema_type = "Organization"
    model = Secretariat
    own_fields = (
        *from_source(
            _("El acta de instalación."),
            Field("id", INTEGER, _("Identificador"), is_required=True),
            Field("url", ADDRESS, _("Dirección"), _("Su página en el portal, si la tiene."), source=PORTAL),
            Field("name", TEXT, _("Nombre"), is_required=True),
            Field("level", TEXT, _("Nivel"), _("state o municipal.")),
            Field("valid_from", DAY, _("Instalado el")),
            Field("valid_until", DAY, _("Terminó el")),
            Field("members", ROWS, _("Integrantes"), items=SEAT),
        ),
        *MUNICIPALITY,
        *DATES,
    )

    def read_public(self) -> QuerySet[Secretariat]:
        return super().read_public().select_related("municipality")

    def modified(self) -> Any:
        seats = Seat.objects.public().filter(secretariat=OuterRef("pk"))
        own = Subquery(seats.order_by("-last_published_at").values("last_published_at")[:1])
        named = (last_change_named(seats, relation) for relation in ("institution", "person"))
        return last_change_with(super().modified(), own, *named)

    def build(self, rows: Sequence[Secretariat], request: HttpRequest) -> list[Record]:
        keys = [row.pk for row in rows]
        seats: dict[int, list[Seat]] = defaultdict(list)
        members = Seat.objects.public().filter(secretariat__in=keys)
        for seat in members.select_related("person", "institution").order_by("order", "pk"):
            seats[seat.secretariat_id].append(seat)
        pages = SecretariatPage.objects.public().source_language().filter(secretariat__in=keys)
        addresses = {page.secretariat_id: page_url(page, request) for page in pages.order_by("-path")}
        own = ("name", "level", "valid_from", "valid_until")
        return [
            {"id": row.pk, "url": addresses.get(row.pk, "")}
            | {name: getattr(row, name) for name in own}
            | {"members": [describe_seat(seat) for seat in seats[row.pk]]}
            | describe_municipality(row.municipality if row.municipality and row.municipality.live else None)
            | {"published": row.first_published_at, "modified": row.modified}
            for row in rows
        ]


class SDGResource(Resource):
    """The targets of the Sustainable Development Goals."""

    slug, name, title = "ods", "sdg_target", _("Metas de los ODS")
    description = _("Las 169 metas de los Objetivos de Desarrollo Sostenible.")
    schema_type = "DefinedTerm"
    order = "code"
    own_fields = from_source(
        _("Agenda 2030, Naciones Unidas."),
        Field("id", TEXT, _("Clave"), _("Por ejemplo 16.6 o 5.b."), is_required=True),
        Field("title", TEXT, _("Meta"), is_required=True),
        Field("goal", INTEGER, _("Número del objetivo")),
        Field("goal_title", TEXT, _("Objetivo")),
    )

    def read_public(self) -> QuerySet[SDGTarget]:
        # The list is shipped with the portal and does not change.
        return (
            SDGTarget.objects.select_related("goal")
            .order_by()
            .annotate(modified=Value(None, output_field=DateTimeField()))
        )

    def match_id(self, record_id: str) -> Q:
        return Q(code=record_id)

    def build(self, rows: Sequence[SDGTarget], request: HttpRequest) -> list[Record]:
        return [
            {"id": row.code, "title": row.title, "goal": row.goal_id, "goal_title": row.goal.title}
            for row in rows
        ]
