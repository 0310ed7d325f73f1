"""Resources of progress updates with their history, and of reports with their frozen figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from wagtail.models import Site

from abierto.opendata.fields import Field, FieldKind, Record, from_source
from abierto.opendata.resource import PageResource
from abierto.text import rich_text_lines
from pages.core.evidence import read_evidence
from pages.core.translation import source_language_condition
from pages.history.entries import build_entries
from pages.history.ledger_rows import read_outline
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import PlanPage
from pages.reports.inlines import Erratum, ReportRow
from pages.reports.models import ReportPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

from .base import (
    DAY,
    EVIDENCE,
    INTEGER,
    NUMBER,
    PAGE_END,
    PAGE_START,
    PORTAL,
    ROWS,
    TEXT,
    YES_NO,
    describe_end,
    describe_evidence,
    describe_start,
    read_above,
)
from .figures import OF_PLAN, describe_plan_above, match_pages_above

REPORTER = "Quien reporta."
HISTORY = Field(
    "history",
    FieldKind.ROWS,
    _("Historial"),
    _("Las decisiones sobre la página, la última primero."),
    only_alone=True,
    items=from_source(
        _("El libro de aprobaciones del portal."),
        Field("event", TEXT, _("Qué pasó")),
        Field("day", DAY, _("Día")),
        Field("review", TEXT, _("Cómo se revisó")),
        Field("people", FieldKind.LIST, _("Quiénes")),
        Field("comment", TEXT, _("Comentario o motivo")),
        Field("is_withdrawal", YES_NO, _("Es un retiro")),
    ),
)


class UpdateResource(PageResource):
    """Progress updates with the progress of each action, the evidence and the history."""

    slug, name, title = "avances", "update", _("Avances")
    description = _("Lo que una institución reportó de un compromiso en un periodo, con sus pruebas.")
    schema_type = "Report"
    model = ProgressUpdatePage
    filters: ClassVar = {
        "plan": "El identificador de un plan.", "compromiso": "El identificador de un compromiso."
    }  # fmt: skip
    own_fields = (
        *PAGE_START,
        *OF_PLAN,
        *from_source(
            PORTAL,
            Field("commitment_id", TEXT, _("Identificador del compromiso")),
            Field("commitment_code", TEXT, _("Clave del compromiso")),
            Field("commitment", TEXT, _("Compromiso")),
        ),
        *from_source(
            REPORTER,
            Field("period_start", DAY, _("Desde")),
            Field("period_end", DAY, _("Hasta"), _("Las cifras quedan como estaban en este día.")),
            Field("declared", NUMBER, _("Avance declarado del compromiso"), unit="%"),
            Field("declared_note", TEXT, _("Nota aclaratoria")),
            Field("narrative", TEXT, _("Qué se hizo")),
            Field(
                "actions",
                ROWS,
                _("Avance de cada acción"),
                items=from_source(
                    REPORTER,
                    Field("action_id", TEXT, _("Identificador de la acción")),
                    Field("action", TEXT, _("Acción")),
                    Field("percent", NUMBER, _("Porcentaje"), unit="%"),
                    Field("stage", TEXT, _("Etapa"), _("En vez de un porcentaje.")),
                    Field("note", TEXT, _("Nota aclaratoria")),
                ),
            ),
            Field("evidence", ROWS, _("Pruebas"), items=EVIDENCE),
        ),
        HISTORY,
        *PAGE_END,
    )

    def read_public(self) -> QuerySet[ProgressUpdatePage]:
        rows: QuerySet[ProgressUpdatePage] = super().read_public()
        ordered = UpdateRow.objects.order_by("sort_order", "pk")
        return rows.prefetch_related(Prefetch("rows", queryset=ordered))

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above({"plan": PlanPage, "compromiso": CommitmentPage}[name], value)

    def build(self, rows: Sequence[ProgressUpdatePage], request: HttpRequest) -> list[Record]:
        above = read_above(rows)
        keyed = [row for page in rows for row in page.rows.all()]
        actions = CommitmentAction.objects.filter(
            source_language_condition("page__"), translation_key__in=[row.action_key for row in keyed]
        )
        titles = dict(actions.values_list("translation_key", "title"))
        pieces = iter(read_evidence([*(page.evidence for page in rows), *(row.evidence for row in keyed)]))
        of_pages = [next(pieces) for _page in rows]
        of_rows = {row.pk: next(pieces) for row in keyed}
        found = []
        for page, own_pieces in zip(rows, of_pages, strict=True):
            commitment = above.find(page, "commitmentpage")
            record = describe_start(page, request) | describe_plan_above(above, page)
            record |= {
                "commitment_id": str(commitment.translation_key),
                "commitment_code": commitment.code,
                "commitment": commitment.title,
                "period_start": page.period_start,
                "period_end": page.period_end,
                "declared": page.declared,
                "declared_note": page.declared_note,
                "narrative": rich_text_lines(page.narrative),
                "actions": [_describe_row(row, titles) for row in page.rows.all()],
                "evidence": [
                    *(describe_evidence(piece) for piece in own_pieces),
                    *(
                        describe_evidence(piece, str(row.action_key))
                        for row in page.rows.all()
                        for piece in of_rows[row.pk]
                    ),
                ],
            }
            found.append(record | describe_end(page, above))
        return found

    def build_alone(self, row: ProgressUpdatePage, request: HttpRequest) -> Record:
        outlined = read_outline(row)
        entries = build_entries(row, outlined, outlined.numbers, Site.find_for_request(request))
        return {
            HISTORY.name: [
                {
                    "event": str(entry.event),
                    "day": entry.day,
                    "review": str(entry.review),
                    "people": [f"{person.role}: {person.name}" for person in entry.people],
                    "comment": entry.comment,
                    "is_withdrawal": entry.is_withdrawal,
                }
                for entry in entries
            ]
        }


def _describe_row(row: UpdateRow, titles: dict[Any, str]) -> Record:
    return {
        "action_id": str(row.action_key),
        "action": titles.get(row.action_key, ""),
        "percent": row.percent,
        "stage": row.stage,
        "note": row.note,
    }


FROZEN = from_source(
    _("El informe."),
    Field("level", TEXT, _("Nivel"), _("«plan», «axis», «commitment» o «action».")),
    Field("part_id", TEXT, _("Identificador de la parte del plan")),
    Field("code", TEXT, _("Clave")),
    Field("label", TEXT, _("Nombre")),
    Field("declared", NUMBER, _("Según el informe"), unit="%"),
    Field("computed", NUMBER, _("Según el promedio"), _("Calculada por el portal al corte."), "%", PORTAL),
    Field("effective", NUMBER, _("Cifra que cuenta"), unit="%"),
    Field("stage", TEXT, _("Etapa")),
    Field("differs", YES_NO, _("Difieren"), source=PORTAL),
    Field("note", TEXT, _("Nota aclaratoria")),
)


def describe_frozen(row: ReportRow) -> Record:
    """Return the values of ``FROZEN`` for a row of a report."""
    own = ("level", "code", "label", "declared", "computed", "effective", "stage", "differs", "note")
    return {"level": row.level, "part_id": str(row.key)} | {name: getattr(row, name) for name in own}


class ReportResource(PageResource):
    """Reports of plans with their frozen figures and errata."""

    slug, name, title = "informes", "report", _("Informes")
    description = _("Las cifras de un plan como estaban el día del corte. No cambian.")
    schema_type = "Report"
    model = ReportPage
    most = 100
    filters: ClassVar = {"plan": "El identificador de un plan."}
    own_fields = (
        *PAGE_START,
        *OF_PLAN,
        *from_source(
            _("El informe."),
            Field("kind", TEXT, _("Tipo"), _("partial, intermediate o final.")),
            Field("number", INTEGER, _("Número")),
            Field("period_start", DAY, _("Desde")),
            Field("period_end", DAY, _("Hasta")),
            Field("cutoff", DAY, _("Corte"), _("El día de las cifras.")),
            Field("target_date", DAY, _("Fecha meta")),
            Field("presented_on", DAY, _("Presentado el")),
            Field("intro", TEXT, _("Entrada")),
            Field("figures", ROWS, _("Cifras"), items=FROZEN),
            Field(
                "errata",
                ROWS,
                _("Fe de erratas"),
                items=from_source(
                    PORTAL, Field("date", DAY, _("Fecha")), Field("text", TEXT, _("Qué se corrige"))
                ),
            ),
        ),
        *PAGE_END,
    )

    def read_public(self) -> QuerySet[ReportPage]:
        rows: QuerySet[ReportPage] = super().read_public()
        return rows.prefetch_related(
            Prefetch("rows", queryset=ReportRow.objects.order_by("sort_order", "pk")),
            Prefetch("errata", queryset=Erratum.objects.order_by("date", "pk")),
        )

    def match_filter(self, name: str, value: str) -> Q:
        return match_pages_above(PlanPage, value)

    def build(self, rows: Sequence[ReportPage], request: HttpRequest) -> list[Record]:
        above = read_above(rows)
        own = (
            "kind",
            "number",
            "period_start",
            "period_end",
            "cutoff",
            "target_date",
            "presented_on",
            "intro",
        )
        return [
            describe_start(page, request)
            | describe_plan_above(above, page)
            | {name: getattr(page, name) for name in own}
            | {
                "figures": [describe_frozen(row) for row in page.rows.all()],
                "errata": [{"date": row.date, "text": row.text} for row in page.errata.all()],
            }
            | describe_end(page, above)
            for page in rows
        ]
