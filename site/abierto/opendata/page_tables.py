"""Fields and records of the tables of pages that are not resources of the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from abierto.tenancy.tree_paths import below_any
from pages.core.link_targets import link_targets_of
from pages.core.routing import find_own_paths
from pages.glossary.queries import defined_terms
from pages.matrices.models import ResultsMatrixPage
from pages.observations.models import ObservationIndexPage, ObservationPage
from pages.observations.rules import find_state
from pages.participation.context import describe_listed, get_own_type, read_listed
from pages.participation.filters import ParticipationFilter
from pages.participation.models import CallPage, ParticipationIndexPage
from pages.plans.models import PlanPage
from pages.practices.context import PracticeFilter
from pages.practices.models import GoodPracticeIndexPage, GoodPracticePage
from pages.proofs.queries import read_proofs
from pages.roadmaps.context import build_step_views
from pages.roadmaps.models import RoadmapPage

from .fields import Field, FieldKind, Record, from_source
from .resources.base import (
    EVIDENCE,
    MUNICIPALITY,
    PAGE_START,
    PORTAL,
    describe_evidence,
    describe_municipality,
    describe_start,
)

PROOF = (
    *from_source(
        "El plan.",
        Field("commitment_code", FieldKind.TEXT, "Clave del compromiso"),
        Field("commitment", FieldKind.TEXT, "Compromiso"),
        Field(
            "action_number", FieldKind.INTEGER, "Número de la acción", "Vacío: prueba de todo el compromiso."
        ),
    ),
    *EVIDENCE,
)


def read_plan_proofs(page: PlanPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the evidence of a plan by commitment, as ``PROOF``."""
    for group in read_proofs(page, request):
        for proof in group.proofs:
            key = str(proof.action.translation_key) if proof.action is not None else ""
            yield {
                "commitment_code": group.page.code,
                "commitment": group.page.title,
                "action_number": proof.action.number if proof.action is not None else None,
            } | describe_evidence(proof.value, key)


TERM = from_source(
    "El glosario del portal.",
    Field("term", FieldKind.TEXT, "Palabra"),
    Field("definition", FieldKind.TEXT, "Qué significa"),
    Field("synonyms", FieldKind.LIST, "También se dice"),
)


def read_terms(page: None, request: HttpRequest) -> Iterator[Record]:
    """Yield the terms of the glossary, as ``TERM``."""
    for term in defined_terms():
        yield {"term": term.term, "definition": term.definition, "synonyms": list(term.synonyms)}


PRACTICE = (
    *PAGE_START,
    *MUNICIPALITY,
    *from_source(
        "La institución que la reporta.",
        Field("topic", FieldKind.TEXT, "Tema"),
        Field("year", FieldKind.INTEGER, "Año"),
        Field("what_was_done", FieldKind.TEXT, "Qué se hizo"),
        Field("result", FieldKind.TEXT, "Resultado"),
        Field("how_to_repeat", FieldKind.TEXT, "Cómo repetirla"),
    ),
)


def read_practices(page: GoodPracticeIndexPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the good practices that pass the filters, as ``PRACTICE``."""
    practices = GoodPracticePage.objects.public().in_active_language()
    rows = PracticeFilter(request.GET or None, queryset=practices).qs.select_related("municipality")
    for row in rows.order_by(F("year").desc(nulls_last=True), "title", "path"):
        town = row.municipality if row.municipality is not None and row.municipality.live else None
        own = ("year", "what_was_done", "result", "how_to_repeat")
        yield (
            describe_start(row, request)
            | describe_municipality(town)
            | {"topic": row.get_topic_display()}
            | {name: getattr(row, name) for name in own}
        )


GATHERING = (
    *PAGE_START,
    *from_source(
        PORTAL,
        Field("kind", FieldKind.TEXT, "Tipo"),
        Field("starts_on", FieldKind.DAY, "Desde"),
        Field("ends_on", FieldKind.DAY, "Hasta"),
    ),
)


def read_gatherings(page: ParticipationIndexPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the calls, consultations, forums and tables that pass the filters, as ``GATHERING``."""
    today = timezone.localdate()
    for row in ParticipationFilter(request.GET or None, queryset=read_listed(page)).qs:
        own = get_own_type(row)
        is_call = isinstance(own, CallPage)
        yield describe_start(own, request) | {
            "kind": describe_listed(own, today, request).kind,
            "starts_on": own.opens_on if is_call else own.starts_on,
            "ends_on": own.closes_on if is_call else own.ends_on,
        }


STEP = from_source(
    "Los documentos del municipio.",
    Field("number", FieldKind.INTEGER, "Número"),
    Field("step", FieldKind.TEXT, "Paso", source="La lista de pasos."),
    Field("status", FieldKind.TEXT, "Estado"),
    Field("done_on", FieldKind.DAY, "Cuándo"),
    Field("place", FieldKind.TEXT, "Dónde"),
    Field("note", FieldKind.TEXT, "Qué consta"),
    Field("papers", FieldKind.LIST, "Documentos"),
)


def read_steps(page: RoadmapPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the steps of a roadmap, as ``STEP``."""
    with link_targets_of(page):
        views = build_step_views(page)
    for view in views:
        yield {
            "number": view.row.step.number,
            "step": view.row.step.name,
            "status": view.row.get_status_display(),
            "done_on": view.row.done_on,
            "place": view.row.place,
            "note": view.row.note,
            "papers": [str(paper["title"]) for paper in view.evidence],
        }


CHECK = from_source(
    "La regla que nombra cada renglón.",
    Field("check", FieldKind.TEXT, "Qué se revisa"),
    Field("rule", FieldKind.TEXT, "Regla"),
    Field("source", FieldKind.TEXT, "De dónde sale la regla"),
    Field("outcome", FieldKind.TEXT, "Resultado", source=PORTAL),
    Field("finding", FieldKind.TEXT, "Qué consta", source=PORTAL),
)


def read_checks(page: RoadmapPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the formal checks of the secretariat of a roadmap, as ``CHECK``."""
    with link_targets_of(page):
        views = page.get_context(request)["checks"]
    for view in views:
        yield {
            "check": str(view.check.label),
            "rule": str(view.check.rule),
            "source": str(view.check.source),
            "outcome": view.check.outcome_label,
            "finding": view.check.finding,
        }


INDICATOR = from_source(
    "La matriz de indicadores.",
    Field("level", FieldKind.TEXT, "Nivel"),
    Field("objective", FieldKind.TEXT, "Objetivo"),
    Field("indicator", FieldKind.TEXT, "Indicador"),
    Field("method", FieldKind.TEXT, "Cómo se calcula"),
    Field("unit", FieldKind.TEXT, "Unidad"),
    Field("baseline", FieldKind.NUMBER, "Línea base", unit="la de su renglón"),
    Field("baseline_on", FieldKind.DAY, "Fecha de la línea base"),
    Field("measured", FieldKind.NUMBER, "Medido", "Lo último que se reportó.", "la de su renglón"),
    Field("measured_on", FieldKind.DAY, "Fecha de lo medido"),
    Field("measured_source", FieldKind.TEXT, "Fuente de lo medido"),
    Field("target", FieldKind.NUMBER, "Meta", unit="la de su renglón"),
    Field("target_on", FieldKind.DAY, "Fecha de la meta"),
    Field("means_of_verification", FieldKind.TEXT, "Medios de verificación"),
    Field("assumptions", FieldKind.TEXT, "Supuestos"),
)


def read_indicators(page: ResultsMatrixPage, request: HttpRequest) -> Iterator[Record]:
    """Yield the indicators of a matrix by level, as ``INDICATOR``."""
    own = ("indicator", "method", "baseline", "baseline_on", "target", "target_on", "means_of_verification",
           "assumptions")  # fmt: skip
    with link_targets_of(page):
        levels = page.get_context(request)["levels"]
    for level in levels:
        for aim in level.aims:
            for view in aim.indicators:
                measured = view.measurement
                yield {
                    "level": str(level.label),
                    "objective": aim.text,
                    "unit": view.row.unit_name or view.row.get_unit_display(),
                    "measured": measured.value if measured is not None else None,
                    "measured_on": measured.on if measured is not None else None,
                    "measured_source": measured.source if measured is not None else "",
                } | {name: getattr(view.row, name) for name in own}


OBSERVATION = (
    *PAGE_START,
    *from_source(
        "El documento de la observación.",
        Field("institution", FieldKind.TEXT, "Quién observa"),
        Field("issued_on", FieldKind.DAY, "Fecha"),
        Field("due_on", FieldKind.DAY, "Plazo para responder"),
        Field("closed_on", FieldKind.DAY, "Cerrada el"),
        Field("state", FieldKind.TEXT, "Estado", source=PORTAL),
        Field("text", FieldKind.TEXT, "Qué se observa"),
    ),
)


def read_observations(page: ObservationIndexPage, request: HttpRequest) -> Iterator[Record]:
    """Yield all public observations of a list, as ``OBSERVATION``."""
    today = timezone.localdate()
    rows = ObservationPage.objects.public().in_active_language().filter(below_any(find_own_paths(page)))
    rows = rows.with_answers().select_related("institution").order_by("-issued_on", "-path")
    for row in rows:
        state = find_state(row.due_on, row.closed_on, today, is_answered=row.is_answered)
        named = row.institution if row.institution is not None and row.institution.live else None
        yield describe_start(row, request) | {
            "institution": str(named or ""),
            "issued_on": row.issued_on,
            "due_on": row.due_on,
            "closed_on": row.closed_on,
            "state": str(state.label),
            "text": row.text,
        }


CONTRIBUTION = from_source(
    "El documento que da respuesta.",
    Field("text", FieldKind.TEXT, "Qué se propuso"),
    Field("origin", FieldKind.TEXT, "De quién"),
    Field("outcome", FieldKind.TEXT, "Qué pasó"),
    Field("answer", FieldKind.TEXT, "Por qué, y dónde se ve"),
)


def read_contributions(page: Any, request: HttpRequest) -> Iterator[Record]:
    """Yield what was done with each contribution, as ``CONTRIBUTION``."""
    for block in page.contributions:
        value = block.value
        yield {
            "text": value["text"],
            "origin": value["origin"],
            "outcome": value.outcome_label,
            "answer": value["answer"],
        }
