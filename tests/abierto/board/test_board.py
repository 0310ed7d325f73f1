"""The board: its rows, figures, orders and filters; who sees which row; the check of its figures."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from abierto.board import queries
from abierto.board.management.commands import check_sites as command
from abierto.board.models import SiteCheck, SiteState
from abierto.board.rules import BoardFilter, BoardOrder, BoardRow, compute_figures, filter_rows, sort_rows
from abierto.board.site_client import SiteVisit
from abierto.operations.integrity.board import find_board_differences
from abierto.registry.models.steps import Measure
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.provisioning import assign_root
from pages.municipalities.models import MicrositePage
from pages.roadmaps.models import RoadmapPage
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    MicrositePageFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    SecretariatFactory,
    published,
)
from tests.municipal_factories import (
    DeclaredFigureFactory,
    ListedStepFactory,
    RoadmapPageFactory,
    StepListFactory,
)
from tests.observation_factories import ObservationAnswerPageFactory, ObservationPageFactory
from tests.security.newsdesk import town_hall

pytestmark = pytest.mark.slow

ENDED = datetime.date(2024, 12, 31)
BOARD = "board:board"


def row(name: str, **fields) -> BoardRow:
    return BoardRow("11000", name, name.lower(), **fields)


# --- Rules ---------------------------------------------------------------------------------------------


def test_orders_put_the_furthest_first_and_ties_by_name():
    rows = [row("Celaya"), row("Abasolo", reached=4), row("Yuriria", reached=11), row("Acámbaro", late=2)]

    assert [one.name for one in sort_rows(rows, BoardOrder.STEP)] == [
        "Yuriria",
        "Abasolo",
        "Acámbaro",
        "Celaya",
    ]
    assert next(one.name for one in sort_rows(rows, BoardOrder.LATE)) == "Acámbaro"


def test_filters_show_the_municipalities_that_lack_something():
    ended = row("Coroneo", has_secretariat=True, is_term_over=True)
    current = row("León", has_secretariat=True, has_roadmap=True)

    assert filter_rows([ended, current], BoardFilter.SECRETARIAT) == [ended]
    assert filter_rows([ended, current], BoardFilter.ROADMAP) == [ended]
    assert filter_rows([ended, current], None) == [ended, current]


def test_shares_are_of_all_municipalities_with_one_decimal():
    rows = [row("A", has_secretariat=True), row("B", has_secretariat=True, is_term_over=True), row("C")]

    figures = compute_figures(rows)
    assert figures[Measure.SECRETARIAT].count == 1
    assert figures[Measure.SECRETARIAT].percent == "33.3\u00a0%"
    assert figures[Measure.PLAN].percent == "0\u00a0%"
    assert compute_figures([])[Measure.PLAN].percent == ""


def test_missing_lists_what_no_document_records():
    empty = row("Coroneo").missing
    full = row(
        "León", has_secretariat=True, has_roadmap=True, reached=13, plan_title="Plan", last_update_on=ENDED
    )

    assert empty == [
        "No conocemos el acta de su secretariado.",
        "No tiene hoja de ruta pública.",
        "No tiene plan publicado.",
    ]
    assert full.missing == []


# --- Rows from public pages ----------------------------------------------------------------------------


def town(name: str, size: int = 1):
    """A municipality with everything: secretariat, roadmap, plan with late commitments and an update."""
    site = published(MicrositePageFactory(municipality__name=name))
    SecretariatFactory(municipality=site.municipality, level="municipal", valid_until=ENDED)
    lists = StepListFactory()
    steps = [ListedStepFactory(step_list=lists) for _ in range(size + 1)]
    done = {steps[0].number: {"status": "done"}}
    road = RoadmapPageFactory(parent=site, step_list=lists, declaration="2022-10-07", rows=done)
    published(road)
    site = type(site).objects.get(pk=site.pk)
    axis = AxisPageFactory(parent=PlanPageFactory(parent=site, period_end=datetime.date(2099, 1, 1)))
    for number in range(size):
        page = published(CommitmentPageFactory(parent=axis, code=f"1.{number + 1}"))
        published(ProgressUpdatePageFactory(parent=page, period_end=datetime.date(2023, 9, 1 + number)))
        published(ObservationPageFactory(subject=page))
    return site.municipality, steps


@pytest.mark.django_db
def test_a_row_has_the_public_data():
    _municipality, steps = town("Coroneo")
    MunicipalityFactory(name="Atarjea")

    [atarjea, coroneo] = queries.read_board(timezone.localdate())
    assert (coroneo.name, coroneo.reached, coroneo.steps) == ("Coroneo", steps[0].number, 2)
    assert (coroneo.has_secretariat, coroneo.is_term_over) == (True, True)
    assert (coroneo.last_update_on, coroneo.late) == (datetime.date(2023, 9, 1), 1)
    assert coroneo.declaration == "2022-10-07"
    assert coroneo.plan_title
    assert (atarjea.has_roadmap, atarjea.reached, atarjea.plan_title) == (False, None, "")


@pytest.mark.django_db
def test_a_row_counts_the_observations_that_wait_for_an_answer():
    place, _steps = town("Coroneo")
    site = MicrositePage.objects.get(municipality=place)
    road = RoadmapPage.objects.child_of(site).get()
    late = published(ObservationPageFactory(subject=road))
    future = datetime.date(2999, 1, 1)
    published(ObservationPageFactory(subject=road, due_on=future))
    published(ObservationPageFactory(subject=road, due_on=future))
    ObservationPageFactory(subject=road)
    index = published(MunicipalityIndexPageFactory())
    listed = published(RoadmapPageFactory(parent=index, municipality=MunicipalityFactory(name="Atarjea")))
    published(ObservationPageFactory(subject=listed))

    rows = {row.name: row for row in queries.read_board(timezone.localdate())}
    assert (rows["Coroneo"].open_observations, rows["Coroneo"].late_observations) == (2, 2)
    assert (rows["Atarjea"].open_observations, rows["Atarjea"].late_observations) == (0, 1)
    assert "2 observaciones esperan su respuesta." in rows["Coroneo"].missing
    assert "2 observaciones pasaron su plazo sin respuesta." in rows["Coroneo"].missing
    assert not list(find_board_differences())

    published(ObservationAnswerPageFactory(observation=late, parent=road))
    [coroneo] = [row for row in queries.read_board(timezone.localdate()) if row.name == "Coroneo"]
    assert (coroneo.open_observations, coroneo.late_observations) == (2, 1)
    assert not list(find_board_differences())


@pytest.mark.django_db
def test_drafts_are_not_on_the_board():
    site = published(MicrositePageFactory())
    RoadmapPageFactory(parent=site, rows={})
    PlanPageFactory(parent=type(site).objects.get(pk=site.pk))
    SecretariatFactory(municipality=site.municipality, level="municipal", live=False)

    [only] = queries.read_board(timezone.localdate())
    assert (only.has_roadmap, only.plan_title, only.has_secretariat) == (False, "", False)


@pytest.mark.django_db
def test_the_board_costs_the_same_for_many_municipalities():
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.read_figure_lines(queries.read_board(timezone.localdate()))
        return len(asked)

    town("Coroneo")
    count()  # the roots of the sites are read once per process
    few = count()
    town("Celaya", size=2)

    assert few == count() <= 12


@pytest.mark.django_db
def test_integrity_finds_a_board_that_differs_from_the_pages(monkeypatch):
    town("Coroneo")
    assert list(find_board_differences()) == []

    monkeypatch.setattr(queries, "read_roadmaps", lambda sites: {})
    messages = [finding.message for finding in find_board_differences()]
    assert "El tablero dice otra cosa de «Coroneo»: reached." in messages


# --- Who sees what -------------------------------------------------------------------------------------


@pytest.fixture
def room():
    return newsroom()


@pytest.mark.django_db
def test_the_state_sees_all_and_a_municipality_its_own_row(client, room):
    own, other = MunicipalityFactory(name="Coroneo"), MunicipalityFactory(name="Celaya")
    hall = town_hall()
    MunicipalitySpace.objects.create(municipality=own, holder=hall)
    assign_root(hall, published(MicrositePageFactory(municipality=own)))
    DeclaredFigureFactory(text="+50 %", note="No dice qué mide.")
    DeclaredFigureFactory(text="99 %", live=False)

    client.force_login(room.editor)
    state = client.get(reverse(BOARD)).content.decode()
    client.force_login(person("edita-coroneo", hall.editors))
    mine = client.get(reverse(BOARD)).content.decode()
    file = client.get(reverse("board:file")).content.decode()

    assert ">Coroneo</a>" in state
    assert ">Celaya</a>" in state
    assert ">Coroneo</a>" in mine
    assert ">Celaya</a>" not in mine
    assert "No tiene plan publicado." in mine
    assert "+50 %" in state
    assert "No dice qué mide." in state
    assert "99 %" not in state
    assert "Coroneo" in file
    assert other.name not in file


@pytest.mark.django_db
def test_orders_and_filters_come_from_the_address(client, room):
    town("Coroneo")
    MunicipalityFactory(name="Atarjea")
    client.force_login(room.editor)

    def names(**query: str) -> list[str]:
        html = client.get(reverse(BOARD), query).content.decode()
        return [name for name in ("Coroneo", "Atarjea") if f">{name}</a>" in html]

    html = client.get(reverse(BOARD), {"orden": "paso"}).content.decode()
    assert html.index(">Coroneo</a>") < html.index(">Atarjea</a>")
    assert names(falta="hoja-de-ruta") == ["Atarjea"]
    assert names(falta="otra-cosa") == ["Coroneo", "Atarjea"]
    refused = client.get(reverse(BOARD), {"falta": "otra-cosa"}).context_data["form"].errors["falta"]
    assert refused == ["otra-cosa no es una de las opciones. Elige una de la lista."]


@pytest.mark.django_db
def test_the_file_has_the_rows_of_the_board(client, room):
    town("Coroneo")
    MunicipalityFactory(name="Atarjea", external_site_url="https://atarjea.example/")
    client.force_login(room.editor)

    response = client.get(reverse("board:file"), {"falta": "plan"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 2
    assert "Atarjea" in lines[1]
    assert "https://atarjea.example/" in lines[1]


# --- Sites ---------------------------------------------------------------------------------------------


class Recorder:
    """A visitor that goes nowhere."""

    def __init__(self) -> None:
        self.visited: list[str] = []

    def visit(self, url: str) -> SiteVisit:
        self.visited.append(url)
        return SiteVisit(SiteState.ERROR, "Código 404.")


@pytest.mark.django_db
def test_the_command_stores_and_prints_the_state_of_each_site(monkeypatch):
    visitor = Recorder()
    monkeypatch.setattr(command, "SiteVisitor", lambda: visitor)
    here = MunicipalityFactory(name="Tarimoro", external_site_url="https://tarimoro.example/")
    MunicipalityFactory(name="Atarjea")
    MunicipalityFactory(name="Oculto", external_site_url="https://oculto.example/", live=False)
    out = StringIO()

    call_command("check_sites", stdout=out)
    call_command("check_sites", stdout=out)

    assert visitor.visited == ["https://tarimoro.example/"] * 2
    check = SiteCheck.objects.get()
    assert (check.municipality, check.state, check.detail) == (here, SiteState.ERROR, "Código 404.")
    assert "1 de 1: Tarimoro: Responde con un error (Código 404.)" in out.getvalue()
    [row] = [row for row in queries.read_board(timezone.localdate()) if row.name == "Tarimoro"]
    assert row.site_state == "Responde con un error"


@pytest.mark.django_db
def test_the_result_of_an_address_that_changed_is_not_shown():
    here = MunicipalityFactory(external_site_url="https://nueva.example/")
    SiteCheck.objects.create(
        municipality=here, url="https://vieja.example/", state=SiteState.ANSWERS, checked_at=timezone.now()
    )

    [row] = queries.read_board(timezone.localdate())
    assert row.site_state == ""


@pytest.mark.parametrize("parallel", ["0", "17"])
def test_the_number_of_visits_at_a_time_is_limited(parallel):
    with pytest.raises(CommandError, match="de 1 a 16"):
        call_command("check_sites", "--parallel", parallel)
