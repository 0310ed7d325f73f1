"""Resources of commitments and their actions, with their present figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.opendata.fields import Field, Record, from_source
from abierto.opendata.resource import PageResource, Resource
from pages.core.translation import source_language_condition
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from pages.plans.status import find_figure_status

from .base import (
    ADDRESS,
    DATES,
    DAY,
    INTEGER,
    LIST,
    MUNICIPALITY,
    NUMBER,
    PAGE_END,
    PAGE_START,
    PORTAL,
    ROWS,
    TEXT,
    YES_NO,
    describe_end,
    describe_municipality,
    describe_place,
    describe_start,
    last_change_below,
    last_change_named,
    last_change_with,
    read_above,
)
from .figures import (
    FIGURE,
    OF_AXIS,
    OF_PLAN,
    PACE,
    PLAN_SOURCE,
    describe_axis_above,
    describe_figure,
    describe_plan_above,
    match_pages_above,
    read_figures,
)


class CommitmentResource(PageResource):
    """Commitments with their parties, SDG targets, figure and pace."""

    slug, name, title = "compromisos", "commitment", _("Compromisos")
    description = _("Cada promesa de un plan: quién responde, para cuándo, y cuánto lleva.")
    schema_type = "CreativeWork"
    model = CommitmentPage
    filters: ClassVar = {"plan": "El identificador de un plan.", "eje": "El identificador de un eje."}
    own_fields = (
        *PAGE_START,
        *OF_PLAN,
        *OF_AXIS,
        *from_source(
            PLAN_SOURCE,
            Field("code", TEXT, _("Clave"), _("Única dentro del plan.")),
            Field("is_code_ours", YES_NO, _("La clave es del portal"), _("El documento no la imprime.")),
            Field("official_name", TEXT, _("Nombre oficial")),
            Field("official_text", TEXT, _("Texto del plan"), _("Palabra por palabra.")),
            Field("problem", TEXT, _("Problema"), source=PORTAL),
            Field("objective", TEXT, _("Objetivo"), source=PORTAL),
            Field("citizen_purpose", TEXT, _("Propósito ciudadano"), source=PORTAL),
            Field("relevance", TEXT, _("Relevancia"), source=PORTAL),
            Field("start", DAY, _("Inicio"), _("Vacío: el del plan.")),
            Field("end", DAY, _("Conclusión"), _("Vacía: la del plan.")),
            Field(
                "cadence_months", INTEGER, _("Se reporta cada"), _("Vacío: lo que dice el plan."), _("meses")
            ),
            Field("sdg_targets", LIST, _("Metas de los ODS"), _("Sus claves en la Agenda 2030.")),
            Field("sdg_note", TEXT, _("Nota sobre los ODS")),
            Field(
                "parties",
                ROWS,
                _("Partes"),
                _("Quién responde y quién participa."),
                items=from_source(
                    PLAN_SOURCE,
                    Field("role", TEXT, _("Papel"), _("responsible o cocreating.")),
                    Field("institution_id", INTEGER, _("Identificador de la institución")),
                    Field("institution", TEXT, _("Institución")),
                    Field("person", TEXT, _("Persona")),
                    Field("post", TEXT, _("Cargo")),
                    Field("valid_from", DAY, _("Desde")),
                    Field("valid_until", DAY, _("Hasta")),
                ),
            ),
            Field("outcome", TEXT, _("Cómo terminó"), _("met, partly, unmet, rescheduled o cancelled.")),
            Field("outcome_reason", TEXT, _("Por qué terminó así")),
        ),
        *FIGURE,
        PACE,
        *PAGE_END,
    )

    def read_public(self) -> QuerySet[CommitmentPage]:
        parties = CommitmentParty.objects.select_related("institution", "person")
        rows: QuerySet[CommitmentPage] = super().read_public()
        return rows.prefetch_related(
            Prefetch("parties", queryset=parties.order_by("sort_order", "pk")), "sdg_targets"
        )

    def modified(self) -> Any:
        parties = CommitmentParty.objects.filter(page=OuterRef("pk"))
        named = (last_change_named(parties, relation) for relation in ("institution", "person"))
        return last_change_with(last_change_below(), *named)

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above({"plan": PlanPage, "eje": AxisPage}[name], value)

    def build(self, rows: Sequence[CommitmentPage], request: HttpRequest) -> list[Record]:
        above, figures, today = read_above(rows), read_figures(rows), timezone.localdate()
        own = ("code", "is_code_ours", "official_name", "official_text", "problem", "objective",
               "citizen_purpose", "relevance", "start", "end", "cadence_months")  # fmt: skip
        found = []
        for page in rows:
            figure, plan = figures.get(page.translation_key), above.find(page, "planpage")
            record = describe_start(page, request)
            record |= describe_plan_above(above, page) | describe_axis_above(above, page)
            record |= {name: getattr(page, name) for name in own}
            record |= {
                "sdg_targets": [target.code for target in page.sdg_targets.all()],
                "sdg_note": page.sdg_note,
                "parties": [
                    describe_place(row, row.public_person) for row in page.parties.all() if row.is_public
                ],
                "outcome": page.outcome,
                "outcome_reason": page.outcome_reason,
            }
            record |= describe_figure(figure)
            judged = find_figure_status(figure, plan, today, page).pace.value if plan and figure else ""
            found.append(record | {"pace": judged} | describe_end(page, above))
        return found


class ActionResource(Resource):
    """Actions of commitments with their means of verification and figure."""

    slug, name, title = "acciones", "action", _("Acciones")
    description = _("Los pasos de cada compromiso, con lo que los probará y su avance.")
    schema_type = "Action"
    filters: ClassVar = {
        "plan": "El identificador de un plan.", "compromiso": "El identificador de un compromiso."
    }  # fmt: skip
    own_fields = (
        *from_source(
            PORTAL,
            Field("id", TEXT, _("Identificador"), _("No cambia aunque cambie el título."), is_required=True),
            Field("url", ADDRESS, _("Dirección"), _("La página de su compromiso.")),
        ),
        *OF_PLAN,
        *from_source(
            PLAN_SOURCE,
            Field("commitment_id", TEXT, _("Identificador del compromiso")),
            Field("commitment_code", TEXT, _("Clave del compromiso")),
            Field("commitment", TEXT, _("Compromiso")),
            Field("number", INTEGER, _("Número")),
            Field("title", TEXT, _("Título"), source=PORTAL, is_required=True),
            Field("text", TEXT, _("Resumen de la acción"), source=PORTAL),
            Field("official_text", TEXT, _("Texto del plan"), _("Palabra por palabra.")),
            Field("deliverable", TEXT, _("Entregable")),
            Field("weight", NUMBER, _("Peso"), _("Cuenta si el plan usa el promedio ponderado.")),
            Field("start", DAY, _("Inicio")),
            Field("end", DAY, _("Conclusión")),
            Field(
                "means",
                ROWS,
                _("Medios de verificación"),
                _("Lo que se prometió publicar como prueba."),
                items=from_source(
                    PLAN_SOURCE,
                    Field("text", TEXT, _("Qué se prometió mostrar")),
                    Field("kind", TEXT, _("Tipo")),
                    Field("cadence", TEXT, _("Cada cuánto")),
                ),
            ),
        ),
        *FIGURE,
        *MUNICIPALITY,
        *DATES,
    )

    def read_public(self) -> QuerySet[CommitmentAction]:
        pages = CommitmentPage.objects.public().source_language()
        rows: QuerySet[CommitmentAction] = CommitmentAction.objects.filter(page__in=pages.values("pk"))
        return rows.select_related("page").annotate(modified=self.modified())

    def modified(self) -> Any:
        return last_change_below("page__")

    def match_id(self, record_id: str) -> Q:
        return Q(translation_key=record_id)

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above({"plan": PlanPage, "compromiso": CommitmentPage}[name], value, "page__")

    def find_hidden(self, record_id: str) -> Page | None:
        row = CommitmentAction.objects.filter(
            source_language_condition("page__"), translation_key=record_id
        ).first()
        return row.page if row is not None else None

    def build(self, rows: Sequence[CommitmentAction], request: HttpRequest) -> list[Record]:
        above, figures = read_above(row.page for row in rows), read_figures(rows)
        addresses = {row.page.pk: page_url(row.page, request) for row in rows}
        own = ("number", "title", "text", "official_text", "deliverable", "weight", "start", "end")
        found = []
        for row in rows:
            page = row.page
            record: Record = {"id": str(row.translation_key), "url": f"{addresses[page.pk]}#acciones"}
            record |= describe_plan_above(above, page)
            record |= {
                "commitment_id": str(page.translation_key),
                "commitment_code": page.code,
                "commitment": page.title,
            }
            record |= {name: getattr(row, name) for name in own}
            record["means"] = [
                {name: block.value[name] or "" for name in ("text", "kind", "cadence")} for block in row.means
            ]
            record |= describe_figure(figures.get(row.translation_key))
            record |= describe_municipality(above.find_municipality(page))
            found.append(record | {"published": page.first_published_at, "modified": row.modified})
        return found
