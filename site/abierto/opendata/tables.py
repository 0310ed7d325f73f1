"""The tables of the public pages as data: the rows that are on screen, with the filters of its address."""

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
from .resources.gatherings import ANSWER, describe_answers
from .resources.registry import SEAT, describe_seat
from .resources.updates import FROZEN, describe_frozen

type Rows = Callable[[Any, HttpRequest], Iterable[Record]]


@dataclass(frozen=True)
class Table:
    """A table of a page of some type, or of a view; ``read`` gets the page, or None, and the request."""

    name: str
    title: str
    fields: tuple[Field, ...]
    read: Rows
    page_type: type[Page] | None = None


def of_resource(
    slug: str, select: Callable[[Any, HttpRequest], Any], page_type: Any, title: str = "", name: str = ""
) -> Table:
    """Return a table of records of a resource; ``select`` returns their keys in the order of the screen.

    Keys are translation keys: the records are those of the portal's own language.
    """
    resource = RESOURCES[slug]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        for keys in batched(select(page, request), BATCH):
            rows = {
                row.translation_key: row for row in resource.read_public().filter(translation_key__in=keys)
            }
            yield from resource.serialise([rows[key] for key in keys if key in rows], request)

    return Table(name or slug, title or resource.title, resource.table_fields, read, page_type)


def of_rows(
    slug: str, select: Callable[[HttpRequest], QuerySet[Any]], page_type: type[Page] | None = None
) -> Table:
    """Return a table of records of the registry; ``select`` returns their ids in the order of the screen."""
    resource = RESOURCES[slug]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        for keys in batched(select(request).values_list("pk", flat=True), BATCH):
            rows = resource.read_public().in_bulk(keys)
            yield from resource.serialise([rows[key] for key in keys if key in rows], request)

    return Table(slug, resource.title, resource.table_fields, read, page_type)


def of_rows_within(name: str, title: str, slug: str, field: str, page_type: type[Page]) -> Table:
    """Return the table of the rows that the record of a page has in ``field``."""
    resource = RESOURCES[slug]
    [within] = [one for one in resource.own_fields if one.name == field]

    def read(page: Any, request: HttpRequest) -> Iterator[Record]:
        rows = resource.read_public().filter(translation_key=page.translation_key)
        for record in resource.serialise(list(rows), request):
            yield from record[field]

    return Table(name, title, within.items, read, page_type)


def keys_of(pages: QuerySet[Any]) -> Iterator[Any]:
    """Yield the translation keys of pages or rows, without all in memory."""
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
    """Return the tree path of the page that carries the updates, which are not translated by themselves."""
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
    of_resource("planes", _select_plans, PlanIndexPage),
    of_resource("compromisos", list_shown_commitments, PlanPage),
    of_resource("compromisos", _select_axis, AxisPage),
    of_resource("acciones", _select_actions, CommitmentPage),
    of_resource("avances", _select_updates, CommitmentPage),
    Table("cifras", _("Cifras del informe"), FROZEN, _read_figures, ReportPage),
    Table("integrantes", _("Integrantes"), SEAT, _read_members, SecretariatPage),
    of_resource("sesiones", _select_sessions, SecretariatPage),
    Table("respuestas", _("Respuestas de la consulta"), ANSWER, _read_answers, ConsultationPage),
    of_resource("sentencias", _select_rulings, RulingIndexPage),
    of_resource("acuerdos", _select_agreements, None),
    of_rows("instituciones", lambda request: list_institutions()),
    of_rows("municipios", _select_towns, MunicipalityIndexPage),
    of_rows("municipios", _select_towns, HomePage),
    of_resource("ejes", _select_axes, PlanPage),
    of_resource("ejes", _select_current_axes, HomePage),
    of_resource("acuerdos", _select_own_agreements, SessionPage),
    of_resource("acuerdos", _select_carried, SessionPage, "Acuerdos que venían de antes", "pendientes"),
    of_rows_within("asistencia", "Asistencia", "sesiones", "attendance", SessionPage),
    of_rows_within("acciones", "Avance de cada acción", "avances", "actions", ProgressUpdatePage),
    of_rows_within("pruebas", "Pruebas", "avances", "evidence", ProgressUpdatePage),
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
