"""The downloadable tables of public pages: the rows that the page shows, with the filters of its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from abierto.registry.models import Municipality
from abierto.tenancy.tree_paths import parent_path
from pages.home.context import find_current_plan
from pages.home.models import HomePage
from pages.institutions.queries import list_institutions
from pages.matrices.models import ResultsMatrixPage
from pages.municipalities.models import MunicipalityIndexPage
from pages.observations.models import ObservationIndexPage
from pages.participation.gatherings import CoCreationTablePage, ForumPage
from pages.participation.models import CallPage, ConsultationPage, ParticipationIndexPage
from pages.plans.commitments import CommitmentPage
from pages.plans.context import list_shown_commitments
from pages.plans.models import AxisPage, PlanIndexPage, PlanPage
from pages.practices.models import GoodPracticeIndexPage
from pages.reports.inlines import ReportRow
from pages.reports.models import ReportPage
from pages.roadmaps.models import RoadmapPage
from pages.rulings.context import filter_rulings
from pages.rulings.index import RulingIndexPage
from pages.secretariats.context import read_seats
from pages.secretariats.models import SecretariatPage
from pages.secretariats.queries import read_carried_over
from pages.secretariats.sessions import SessionPage
from pages.secretariats.views import filter_agreements
from pages.updates.models import ProgressUpdatePage

from .fields import Field, Record
from .page_tables import (
    CHECK,
    CONTRIBUTION,
    GATHERING,
    INDICATOR,
    OBSERVATION,
    PRACTICE,
    PROOF,
    STEP,
    TERM,
    read_checks,
    read_contributions,
    read_gatherings,
    read_indicators,
    read_observations,
    read_plan_proofs,
    read_practices,
    read_steps,
    read_terms,
)
from .registry import RESOURCES
from .resource import BATCH
from .resources.registry import SEAT, describe_seat
from .resources.sessions import ANSWER, describe_answers
from .resources.updates import FROZEN, describe_frozen

type Rows = Callable[[Any, HttpRequest], Iterable[Record]]


@dataclass(frozen=True)
class Table:
    """A table of a page type, or of a view; ``read`` takes the page (None for a view) and the request."""

    name: str
    title: str
    fields: tuple[Field, ...]
    read: Rows
    page_type: type[Page] | None = None


def resource_table(
    slug: str, select: Callable[[Any, HttpRequest], Any], page_type: Any, title: str = "", name: str = ""
) -> Table:
    """Return a table of records of a resource; ``select`` returns their keys in the order of the page.

    Keys are translation keys, because the records are in the source language.
    """
    resource = RESOURCES[slug]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        for keys in batched(select(page, request), BATCH):
            rows = {
                row.translation_key: row for row in resource.read_public().filter(translation_key__in=keys)
            }
            yield from resource.serialise([rows[key] for key in keys if key in rows], request)

    return Table(name or slug, title or resource.title, resource.table_fields, read, page_type)


def registry_table(
    slug: str, select: Callable[[HttpRequest], QuerySet[Any]], page_type: type[Page] | None = None
) -> Table:
    """Return a table of registry records; ``select`` returns the rows in the order of the page."""
    resource = RESOURCES[slug]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        for keys in batched(select(request).values_list("pk", flat=True), BATCH):
            rows = resource.read_public().in_bulk(keys)
            yield from resource.serialise([rows[key] for key in keys if key in rows], request)

    return Table(slug, resource.title, resource.table_fields, read, page_type)


def contained_table(name: str, title: str, slug: str, field: str, page_type: type[Page]) -> Table:
    """Return the table of the rows in ``field`` of the record of a page."""
    resource = RESOURCES[slug]
    [within] = [one for one in resource.own_fields if one.name == field]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        rows = resource.read_public().filter(translation_key=page.translation_key)
        for record in resource.serialise(list(rows), request):
            yield from record[field]

    return Table(name, title, within.items, read, page_type)


def keys_of(pages: QuerySet[Any]) -> Iterator[Any]:
    """Yield the translation keys of a queryset, ``BATCH`` at a time."""
    return pages.values_list("translation_key", flat=True).iterator(chunk_size=BATCH)


def _select_axis(page: AxisPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(CommitmentPage.objects.public().child_of(page).order_by("path"))


def _select_plans(page: PlanIndexPage, request: HttpRequest) -> Iterator[Any]:
    public = PlanPage.objects.public().child_of(page)
    return keys_of(public.order_by("-period_end", "-period_start", "path"))


def _select_axes(page: PlanPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(AxisPage.objects.public().child_of(page).order_by("path"))


def _select_current_axes(page: HomePage, request: HttpRequest) -> Iterator[Any]:
    plan = find_current_plan(page)
    return _select_axes(plan, request) if plan is not None else iter(())


def _select_own_agreements(page: SessionPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(page.agreements.order_by("sort_order", "pk"))


def _select_carried(page: SessionPage, request: HttpRequest) -> Iterator[Any]:
    return (row.translation_key for row in read_carried_over(page, parent_path(page.path)))


def _select_actions(page: CommitmentPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(page.actions.order_by("number", "sort_order", "pk"))


def _select_updates(page: CommitmentPage, request: HttpRequest) -> Iterator[Any]:
    updates = RESOURCES["avances"].read_public().filter(path__startswith=_source_path(page))
    return keys_of(updates.order_by("period_end", "path"))


def _source_path(page: CommitmentPage) -> str:
    """Return the tree path of the source page: updates exist only below it."""
    rows = CommitmentPage.objects.source_language().filter(translation_key=page.translation_key)
    return str(rows.values_list("path", flat=True).first() or page.path)


def _select_sessions(page: SecretariatPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(SessionPage.objects.public().child_of(page).order_by("-starts_at", "path"))


def _select_rulings(page: RulingIndexPage, request: HttpRequest) -> Iterator[Any]:
    return keys_of(filter_rulings(page, request).qs)


def _read_figures(page: ReportPage, request: HttpRequest) -> Iterator[Record]:
    return map(describe_frozen, ReportRow.objects.filter(page=page).order_by("sort_order", "pk"))


def _read_members(page: SecretariatPage, request: HttpRequest) -> Iterator[Record]:
    return map(describe_seat, read_seats(page.public_secretariat))


def _read_answers(page: ConsultationPage, request: HttpRequest) -> list[Record]:
    return describe_answers(page)


def _select_agreements(page: None, request: HttpRequest) -> Iterator[Any]:
    _filters, rows = filter_agreements(request)
    return keys_of(rows)


def _select_towns(request: HttpRequest) -> QuerySet[Municipality]:
    rows: QuerySet[Municipality] = Municipality.objects.public().order_by("name")
    return rows


TABLES: tuple[Table, ...] = (
    resource_table("planes", _select_plans, PlanIndexPage),
    resource_table("compromisos", list_shown_commitments, PlanPage),
    resource_table("compromisos", _select_axis, AxisPage),
    resource_table("acciones", _select_actions, CommitmentPage),
    resource_table("avances", _select_updates, CommitmentPage),
    Table("cifras", _("Cifras del informe"), FROZEN, _read_figures, ReportPage),
    Table("integrantes", _("Integrantes"), SEAT, _read_members, SecretariatPage),
    resource_table("sesiones", _select_sessions, SecretariatPage),
    Table("respuestas", _("Respuestas de la consulta"), ANSWER, _read_answers, ConsultationPage),
    resource_table("sentencias", _select_rulings, RulingIndexPage),
    resource_table("acuerdos", _select_agreements, None),
    registry_table("instituciones", lambda request: list_institutions()),
    registry_table("municipios", _select_towns, MunicipalityIndexPage),
    registry_table("municipios", _select_towns, HomePage),
    resource_table("ejes", _select_axes, PlanPage),
    resource_table("ejes", _select_current_axes, HomePage),
    resource_table("acuerdos", _select_own_agreements, SessionPage),
    resource_table("acuerdos", _select_carried, SessionPage, "Acuerdos que venían de antes", "pendientes"),
    contained_table("asistencia", "Asistencia", "sesiones", "attendance", SessionPage),
    contained_table("acciones", "Avance de cada acción", "avances", "actions", ProgressUpdatePage),
    contained_table("pruebas", "Pruebas", "avances", "evidence", ProgressUpdatePage),
    Table("pruebas", "Pruebas del plan", PROOF, read_plan_proofs, PlanPage),
    Table("glosario", "Glosario", TERM, read_terms),
    Table("practicas", "Buenas prácticas", PRACTICE, read_practices, GoodPracticeIndexPage),
    Table("participacion", "Participación", GATHERING, read_gatherings, ParticipationIndexPage),
    Table("pasos", "Hoja de ruta", STEP, read_steps, RoadmapPage),
    Table("revisiones", "Revisión del secretariado", CHECK, read_checks, RoadmapPage),
    Table("indicadores", "Indicadores", INDICATOR, read_indicators, ResultsMatrixPage),
    Table("observaciones", "Observaciones", OBSERVATION, read_observations, ObservationIndexPage),
    *(
        Table("aportaciones", "Aportaciones", CONTRIBUTION, read_contributions, kind)
        for kind in (CallPage, ConsultationPage, ForumPage, CoCreationTablePage)
    ),
)


def find_table(name: str, page: Page | None = None) -> Table | None:
    """Return the table with this name of a page, or of a view; None without one."""
    kind = type(page) if page is not None else None
    return next((one for one in TABLES if one.name == name and one.page_type is kind), None)
