"""Resources of the sessions of secretariats, their agreements, and consultations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.opendata.fields import Field, FieldKind, Record, from_source
from abierto.opendata.resource import PageResource, Resource
from abierto.tenancy.visibility import filter_public
from abierto.text import rich_text_lines
from pages.core.translation import source_language_condition
from pages.participation.models import ConsultationPage
from pages.secretariats.inlines import Agreement, Attendance
from pages.secretariats.models import SecretariatPage
from pages.secretariats.sessions import SessionPage

from .base import (
    ADDRESS,
    DATES,
    DAY,
    INTEGER,
    MUNICIPALITY,
    NUMBER,
    PAGE_END,
    PAGE_START,
    PORTAL,
    ROWS,
    TEXT,
    PagesAbove,
    describe_end,
    describe_municipality,
    describe_start,
    id_of,
    last_change_named,
    last_change_with,
    name_of,
    read_above,
)

MINUTES = _("El acta de la sesión.")
OF_SECRETARIAT = from_source(
    PORTAL,
    Field("secretariat_id", INTEGER, _("Identificador del secretariado")),
    Field("secretariat", TEXT, _("Secretariado")),
)


def describe_secretariat_above(above: PagesAbove, page: Page) -> Record:
    """Return the values of ``OF_SECRETARIAT``."""
    own = above.find(page, "secretariatpage")
    public = own.public_secretariat if own is not None else None
    return {
        "secretariat_id": public.pk if public is not None else None,
        "secretariat": own.title if own is not None else "",
    }


def match_secretariat(value: str, prefix: str = "") -> Q:
    """Return the condition on sessions below the public pages of a secretariat of the registry.

    Raises:
        ValueError: for a text that is not an id.
    """
    pages = SecretariatPage.objects.filter(source_language_condition(), secretariat=int(value))
    found = Q(pk__in=[])
    for path in filter_public(pages).values_list("path", flat=True):
        found |= Q(**{f"{prefix}path__startswith": path})
    return found


class SessionResource(PageResource):
    """Sessions of secretariats with their agenda and attendance."""

    slug, name, title = "sesiones", "session", _("Sesiones")
    description = _("Las sesiones de los secretariados: cuándo, dónde, quiénes y de qué.")
    schema_type = "Event"
    model = SessionPage
    filters: ClassVar = {"secretariado": "El número de un secretariado."}
    own_fields = (
        *PAGE_START,
        *OF_SECRETARIAT,
        *from_source(
            MINUTES,
            Field("kind", TEXT, _("Tipo")),
            Field("number", INTEGER, _("Número")),
            Field("starts_at", FieldKind.MOMENT, _("Empieza")),
            Field("ends_at", FieldKind.MOMENT, _("Termina")),
            Field("place", TEXT, _("Lugar")),
            Field("notice_on", DAY, _("Convocada el")),
            Field("agenda", TEXT, _("Orden del día")),
            Field("quorum", INTEGER, _("Asientos que hacen quórum"), unit=_("asientos")),
            Field("attended", INTEGER, _("Asientos que asistieron"), _("Si no hay lista."), _("asientos")),
            Field(
                "attendance",
                ROWS,
                _("Asistencia"),
                items=from_source(
                    MINUTES,
                    Field("institution_id", INTEGER, _("Identificador de la institución")),
                    Field("institution", TEXT, _("Institución")),
                    Field("attended", TEXT, _("Asistencia"), _("holder, deputy o absent.")),
                ),
            ),
        ),
        *PAGE_END,
    )

    def read_public(self) -> QuerySet[SessionPage]:
        seats = Attendance.objects.filter(institution__live=True).select_related("institution")
        rows: QuerySet[SessionPage] = super().read_public()
        return rows.prefetch_related(Prefetch("attendance", queryset=seats.order_by("sort_order", "pk")))

    def modified(self) -> Any:
        seats = Attendance.objects.filter(page=OuterRef("pk"))
        return last_change_with(super().modified(), last_change_named(seats, "institution"))

    def match_filter(self, name: str, value: str) -> Q:
        return match_secretariat(value)

    def build(self, rows: Sequence[SessionPage], request: HttpRequest) -> list[Record]:
        above = read_above(rows)
        own = ("kind", "number", "starts_at", "ends_at", "place", "notice_on")
        found = []
        for page in rows:
            record = describe_start(page, request) | describe_secretariat_above(above, page)
            record |= {name: getattr(page, name) for name in own}
            record |= {
                "agenda": rich_text_lines(page.agenda),
                "quorum": page.quorum,
                "attended": page.attended,
            }
            record["attendance"] = [
                {
                    "institution_id": id_of(row.institution),
                    "institution": name_of(row.institution),
                    "attended": row.attended,
                }
                for row in page.attendance.all()
                if row.institution.live
            ]
            found.append(record | describe_end(page, above))
        return found


class AgreementResource(Resource):
    """Agreements of sessions with the responsible institution and their due days."""

    slug, name, title = "acuerdos", "agreement", _("Acuerdos")
    description = _("Lo que acordó cada sesión: quién responde, para cuándo y si se cumplió.")
    schema_type = "CreativeWork"
    filters: ClassVar = {"secretariado": "El número de un secretariado."}
    own_fields = (
        *from_source(
            PORTAL,
            Field("id", TEXT, _("Identificador"), is_required=True),
            Field("url", ADDRESS, _("Dirección"), _("Su sesión en el portal.")),
        ),
        *OF_SECRETARIAT,
        *from_source(
            MINUTES,
            Field("session_id", TEXT, _("Identificador de la sesión"), source=PORTAL),
            Field("session", TEXT, _("Sesión")),
            Field("session_on", DAY, _("Fecha de la sesión")),
            Field("text", TEXT, _("Acuerdo"), is_required=True),
            Field("responsible_id", INTEGER, _("Identificador de la responsable")),
            Field("responsible", TEXT, _("Responsable")),
            Field("due", DAY, _("Para cuándo")),
            Field("done_on", DAY, _("Cumplido el"), _("Vacío: sigue abierto.")),
            Field("done_note", TEXT, _("Cómo se cumplió")),
        ),
        *MUNICIPALITY,
        *DATES,
    )

    def read_public(self) -> QuerySet[Agreement]:
        pages = SessionPage.objects.public().source_language()
        rows: QuerySet[Agreement] = Agreement.objects.filter(page__in=pages.values("pk")).order_by()
        named = F("responsible__last_published_at")
        modified = last_change_with(F("page__last_published_at"), named)
        return rows.select_related("page", "responsible").annotate(modified=modified)

    def match_id(self, record_id: str) -> Q:
        return Q(translation_key=record_id)

    def match_filter(self, name: str, value: str) -> Q:
        return match_secretariat(value, "page__")

    def find_hidden(self, record_id: str) -> Page | None:
        rows = Agreement.objects.filter(source_language_condition("page__"), translation_key=record_id)
        row = rows.select_related("page").first()
        return row.page if row is not None else None

    def build(self, rows: Sequence[Agreement], request: HttpRequest) -> list[Record]:
        above = read_above(row.page for row in rows)
        found = []
        for row in rows:
            page = row.page
            record: Record = {"id": str(row.translation_key), "url": f"{page_url(page, request)}#acuerdos"}
            record |= describe_secretariat_above(above, page)
            record |= {
                "session_id": str(page.translation_key),
                "session": page.title,
                "session_on": page.held_on,
                "text": row.text,
                "responsible_id": id_of(row.responsible),
                "responsible": name_of(row.responsible),
                "due": row.due,
                "done_on": row.done_on,
                "done_note": row.done_note,
            }
            record |= describe_municipality(above.find_municipality(page))
            found.append(record | {"published": page.first_published_at, "modified": row.modified})
        return found


RESULTS = _("El documento que publica los resultados.")
ANSWER = from_source(
    RESULTS,
    Field("text", TEXT, _("Respuesta")),
    Field("percent", NUMBER, _("Porcentaje"), _("Como se publicó."), "%"),
    Field("online", INTEGER, _("En línea o en persona"), unit=_("personas")),
    Field("paper", INTEGER, _("En papel"), unit=_("personas")),
)


def describe_answers(page: ConsultationPage) -> list[Record]:
    """Return the values of ``ANSWER`` for each answer of a consultation."""
    return [{field.name: block.value.get(field.name) for field in ANSWER} for block in page.answers]


class ConsultationResource(PageResource):
    """Consultations with their method, sample and answers."""

    slug, name, title = "consultas", "consultation", _("Consultas")
    description = _("Lo que se preguntó a la gente, con su método, su muestra y sus resultados.")
    schema_type = "CreativeWork"
    model = ConsultationPage
    own_fields = (
        *PAGE_START,
        *from_source(
            RESULTS,
            Field("starts_on", DAY, _("Desde")),
            Field("ends_on", DAY, _("Hasta")),
            Field("place", TEXT, _("Lugar")),
            Field("question", TEXT, _("Pregunta")),
            Field("method", TEXT, _("Método")),
            Field("age_from", INTEGER, _("Edad menor"), unit=_("años")),
            Field("age_to", INTEGER, _("Edad mayor"), unit=_("años")),
            Field("age_mean", NUMBER, _("Edad promedio"), unit=_("años")),
            Field("people_total", INTEGER, _("Personas en total"), unit=_("personas")),
            Field("people_women", INTEGER, _("Mujeres"), unit=_("personas")),
            Field("people_men", INTEGER, _("Hombres"), unit=_("personas")),
            Field("people_other", INTEGER, _("Otro o sin respuesta"), unit=_("personas")),
            Field("paper_total", INTEGER, _("Respuestas en papel"), unit=_("respuestas")),
            Field(
                "answers",
                ROWS,
                _("Respuestas"),
                items=ANSWER,
            ),
            Field("results_source", TEXT, _("Fuente de los resultados")),
            Field("results_note", TEXT, _("Nota sobre los resultados")),
        ),
        *PAGE_END,
    )

    def build(self, rows: Sequence[ConsultationPage], request: HttpRequest) -> list[Record]:
        above = read_above(rows)
        own = ("starts_on", "ends_on", "place", "question", "method", "age_from", "age_to", "age_mean",
               "people_total", "people_women", "people_men", "people_other", "paper_total")  # fmt: skip
        return [
            describe_start(page, request)
            | {name: getattr(page, name) for name in own}
            | {
                "answers": describe_answers(page),
                "results_source": page.results_source,
                "results_note": page.results_note,
            }
            | describe_end(page, above)
            for page in rows
        ]
