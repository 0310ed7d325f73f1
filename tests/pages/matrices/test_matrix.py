"""Public matrices and trees, what blocks their publication, and the indicators of commitments."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from abierto.approval.errors import InvalidSubmission
from pages.matrices.models import MatrixRow
from pages.plans.commitments import CommitmentPage
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import approve, newsroom, submit
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    MicrositePageFactory,
    MunicipalityIndexPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    published,
)
from tests.matrix_factories import ProblemTreePageFactory, ResultsMatrixPageFactory
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory
from tests.pages.admin.worlds import build, errors_of, opened, posted, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = {
    "level": "purpose",
    "objective": "La gente decide en qué se gasta",
    "indicator": "Personas que votan el presupuesto",
    "unit": "other",
    "unit_name": "personas",
    "baseline": Decimal("10"),
    "baseline_on": datetime.date(2022, 8, 1),
    "target": Decimal("40"),
    "target_on": datetime.date(2024, 8, 31),
    "frequency": "annual",
}


def read(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def publish_indicator(plan, **fields):
    """Publish a matrix of ``plan`` with one indicator and return the indicator."""
    return published(ResultsMatrixPageFactory(parent=plan, rows=[PEOPLE | fields])).rows.get()


def report(commitment, on: str, value: int, **fields) -> ProgressUpdatePage:
    """Publish an update with a value measured on the first action."""
    day = datetime.date.fromisoformat(on)
    update = ProgressUpdatePageFactory(
        parent=commitment, period_start=day, period_end=day, rows={1: 30}, title=f"Reporte del {on}"
    )
    row = update.rows.get()
    row.indicator_key = commitment.actions.get().indicator_key
    row.measured, row.measured_on, row.measured_source = value, day, "el padrón de votantes"
    for name, changed in fields.items():
        setattr(row, name, changed)
    update.rows = [row]
    update.save()
    return published(update)


# --- The public pages ----------------------------------------------------------------------------------


def test_a_matrix_shows_the_four_levels_and_what_no_document_says(client):
    second = {"level": "purpose", "objective": PEOPLE["objective"], "indicator": "Colonias que votan"}
    page = published(ResultsMatrixPageFactory(rows=[PEOPLE, second]))

    html = read(client, page)
    assert (
        html.index(">Fin<")
        < html.index(">Propósito<")
        < html.index(">Componente<")
        < html.index(">Actividad<")
    )
    assert html.count("No consta nada de este nivel.") == 3
    assert html.count("<h3>La gente decide en qué se gasta</h3>") == 1
    assert "10 personas (1 de agosto de 2022)" in html
    assert "40 personas (31 de agosto de 2024)" in html
    assert "Se mide: cada año." in html
    assert "Se mide: no consta cada cuánto." in html
    assert html.count("<strong>Sin dato</strong>") == 2


def test_what_was_measured_last_stands_beside_the_target(client):
    plan = PlanPageFactory()
    indicator = publish_indicator(plan)
    commitment = published(
        CommitmentPageFactory(
            parent=AxisPageFactory(parent=plan), actions=[{"indicator_key": indicator.translation_key}]
        )
    )
    assert "Sin dato." in read(client, commitment)
    assert "Meta: 40 personas (31 de agosto de 2024)." in read(client, commitment)

    last = report(commitment, "2023-11-30", 25)
    report(commitment, "2023-03-31", 18)
    assert "25 personas de una meta de 40 personas" in read(client, last)
    draft = ProgressUpdatePageFactory(parent=commitment, rows={1: 90})
    draft.rows.update(indicator_key=indicator.translation_key, measured=39, measured_on=draft.period_end)

    assert f'<a href="{indicator.page.get_url()}">{indicator.page.title}</a>' in read(client, plan)
    for page in (commitment, indicator.page):
        html = read(client, page)
        assert "25 personas" in html
        assert "18 personas" not in html
        assert "39 personas" not in html
        assert "Al 30 de noviembre de 2023, según el padrón de votantes." in html
        assert "Reporte del 2023-11-30" in html
    assert "25 personas de una meta de 40 personas" in read(client, commitment)


def test_a_value_stays_with_the_indicator_that_was_measured(client):
    plan = PlanPageFactory()
    first, other = (
        publish_indicator(plan),
        publish_indicator(plan, indicator="Colonias que votan", unit_name="colonias"),
    )
    axis = AxisPageFactory(parent=plan)
    commitment = published(
        CommitmentPageFactory(parent=axis, actions=[{"indicator_key": first.translation_key}])
    )
    report(commitment, "2023-11-30", 25)

    action = commitment.actions.get()
    action.indicator_key = other.translation_key
    commitment.actions = [action]
    published(commitment)

    html = read(client, commitment)
    assert "Colonias que votan" in html
    assert "25 colonias" not in html
    assert "25 personas" in read(client, first.page)


def test_an_indicator_leaves_the_commitment_with_its_matrix(client):
    plan = PlanPageFactory()
    indicator = publish_indicator(plan)
    commitment = published(
        CommitmentPageFactory(parent=AxisPageFactory(parent=plan), indicator_key=indicator.translation_key)
    )
    assert "Personas que votan" in read(client, commitment)

    indicator.page.specific.unpublish()

    assert "Personas que votan" not in read(client, commitment)


def test_the_trees_are_nested_lists(client):
    page = published(
        ProblemTreePageFactory(
            effects="La gente desconfía",
            causes="No se publica\n- No hay quien lo haga\n<b>Nadie</b> pregunta",
        )
    )

    html = read(client, page)
    assert "<li>No se publica <ul> <li>No hay quien lo haga</li> </ul> </li>" in html
    assert "&lt;b&gt;Nadie&lt;/b&gt; pregunta" in html
    assert "Todavía no se publica el árbol de objetivos." in html
    page.objective, page.means = "La gente conoce el gasto", "Se publica\n- Hay quien lo haga"
    html = read(client, published(page))
    assert "<li>Se publica <ul> <li>Hay quien lo haga</li> </ul> </li>" in html


def test_the_steps_of_a_roadmap_link_the_public_works_of_their_own_town(client):
    index = published(MunicipalityIndexPageFactory())
    site, other = (MicrositePageFactory(parent=index) for _ in range(2))
    steps = StepListFactory()
    ListedStepFactory(step_list=steps, number=5)
    ListedStepFactory(step_list=steps, number=6, makes_trees=True, makes_matrix=True)
    roads = [published(RoadmapPageFactory(parent=parent, step_list=steps)) for parent in (site, other)]
    matrix = published(ResultsMatrixPageFactory(parent=PlanPageFactory(parent=site), title="Matriz de aquí"))
    published(ProblemTreePageFactory(parent=roads[0], title="Árbol de aquí"))
    ResultsMatrixPageFactory(parent=roads[0], title="Matriz en borrador")

    html = read(client, roads[0])
    assert html.count(f'<a href="{matrix.get_url()}">Matriz de aquí</a>') == 1
    assert html.count("Árbol de aquí</a>") == 1
    assert "Matriz en borrador" not in html
    assert "de aquí" not in read(client, roads[1])


def test_matrices_and_trees_are_found_by_what_they_say():
    matrix = ResultsMatrixPageFactory(rows=[PEOPLE | {"assumptions": "Hay luz en las casillas"}])
    tree = ProblemTreePageFactory(
        objective="La gente conoce el gasto", means="Se publica\n- Hay quien lo haga"
    )

    by_anchor = {passage.anchor: passage.text for passage in matrix.search_document().passages}
    assert "Personas que votan el presupuesto" in by_anchor["proposito"]
    assert "Hay luz en las casillas" in by_anchor["proposito"]
    by_anchor = {passage.anchor: passage.text for passage in tree.search_document().passages}
    assert by_anchor["medios"] == "Se publica.\nHay quien lo haga."
    assert "La gente conoce el gasto" in by_anchor[""]


# --- What is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"target": Decimal("10.0")}, "target", "igual a la línea base"),
        ({"target_on": datetime.date(2022, 7, 31)}, "target_on", "posterior a la de la línea base"),
        ({"unit": "share", "target": Decimal("140")}, "target", "va de 0 a 100"),
        ({"unit": "share", "baseline": Decimal("-1")}, "baseline", "va de 0 a 100"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused_on_its_field(fields, name, sentence):
    with pytest.raises(ValidationError) as refusal:
        MatrixRow(**PEOPLE | fields).clean()

    assert sentence in refusal.value.message_dict[name][0]


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ([], "__all__"),
        ([PEOPLE | {"indicator": " "}], "indicator"),
        ([PEOPLE | {"objective": ""}], "objective"),
        ([PEOPLE | {"unit_name": ""}], "unit_name"),
    ],
)
def test_a_matrix_is_not_sent_to_review_without(rows, path):
    room = newsroom()
    page = ResultsMatrixPageFactory(rows=rows)

    assert [found.rpartition(".")[2] for found in page.publication_errors()] == [path]
    with pytest.raises(InvalidSubmission):
        submit(page, room.editor)


def test_a_matrix_and_its_change_are_public_after_a_second_person(client):
    room = newsroom()
    page = ResultsMatrixPageFactory(parent=room.commitment.get_parent().get_parent().specific)
    state = submit(page, room.editor)
    assert client.get(page.get_url()).status_code == 404
    approve(state, room.reviewer)
    assert "Indicador 1" in read(client, page)

    changed = type(page).objects.get(pk=page.pk)
    row = changed.rows.get()
    row.indicator = "Indicador cambiado"
    changed.rows = [row]
    submit(changed, room.editor)

    assert "Indicador cambiado" not in read(client, page)


@pytest.mark.parametrize("place", ["commitment", "action"])
def test_an_indicator_of_another_plan_or_a_draft_is_refused(place):
    room = newsroom()
    plan = room.commitment.get_parent().get_parent().specific
    foreign = publish_indicator(PlanPageFactory())
    draft = ResultsMatrixPageFactory(parent=plan).rows.get()
    own = publish_indicator(plan)

    def choose(indicator) -> CommitmentPage:
        page = CommitmentPage.objects.get(pk=room.commitment.pk)
        if place == "commitment":
            page.indicator_key = indicator.translation_key
        else:
            rows = list(page.actions.all())
            rows[0].indicator_key = indicator.translation_key
            page.actions = rows
        return page

    for indicator in (foreign, draft):
        with pytest.raises(InvalidSubmission, match="no es de una matriz pública de este plan"):
            submit(choose(indicator), room.editor)
    approve(submit(choose(own), room.editor), room.reviewer)
    own.page.specific.unpublish()
    # What is public already is not refused.
    assert not choose(own).publication_errors()


def test_the_form_offers_the_indicators_of_the_plan_and_refuses_others():
    world = build()
    own, foreign = publish_indicator(world.plan), publish_indicator(PlanPageFactory())
    client = signed_in(world.state_editor)
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[world.north.pk])).content.decode()
    # The commitment, its two actions, and the empty row that scripts copy.
    assert screen.count(f'<option value="{own.translation_key}">') == 4
    assert str(foreign.translation_key) not in screen

    data = opened(client, world.north)
    refused = posted(client, world.north, {**data, "actions-0-indicator_key": str(foreign.translation_key)})
    assert "actions-0-indicator_key" in errors_of(refused)
    posted(client, world.north, {**data, "actions-0-indicator_key": str(own.translation_key)})
    draft = CommitmentPage.objects.get(pk=world.north.pk).get_latest_revision_as_object()
    assert [row.indicator_key for row in draft.actions.all()] == [own.translation_key, None]


# --- Measuring -----------------------------------------------------------------------------------------


@pytest.fixture
def measured():
    """A commitment whose first action has an indicator in percent."""
    world = build()
    indicator = publish_indicator(world.plan, unit="share", baseline=None, target=Decimal("80"))
    page = CommitmentPage.objects.get(pk=world.north.pk)
    rows = list(page.actions.all())
    rows[0].indicator_key = indicator.translation_key
    page.actions = rows
    return world, published(page), indicator


def test_an_update_asks_for_the_value_where_there_is_an_indicator(measured):
    world, commitment, indicator = measured
    update = ProgressUpdatePageFactory(parent=commitment, rows={1: 10, 2: 20})
    client = signed_in(world.north_editor)
    data = opened(client, update)

    assert "rows-0-measured" in data
    assert "rows-1-measured" not in data
    assert "measured" not in data
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()
    assert "Indicador: Personas que votan el presupuesto. Meta: 80\xa0%" in screen
    typed = {
        "rows-0-measured": "61.5",
        "rows-0-measured_on": "2023-11-30",
        "rows-0-measured_source": "Encuesta",
    }
    posted(client, update, {**data, **typed})
    row = ProgressUpdatePage.objects.get(pk=update.pk).get_latest_revision_as_object().rows.first()
    assert (row.measured, row.indicator_key) == (Decimal("61.5"), indicator.translation_key)


GOOD = {"measured": 60, "measured_on": datetime.date(2023, 11, 30), "measured_source": "Encuesta"}


@pytest.mark.parametrize(
    ("number", "fields", "name", "sentence"),
    [
        (1, {"measured": 101}, "measured", "va de 0 a 100"),
        (1, {"measured_on": None}, "measured_on", "Escribe en qué fecha"),
        (1, {"measured_on": datetime.date(2999, 1, 1)}, "measured_on", "no ha llegado"),
        (1, {"measured_source": " "}, "measured_source", "de qué registro"),
        (1, {"measured": None}, "measured", "borra su fecha y su fuente"),
        (2, {}, "measured", "no hay un indicador"),
    ],
)
def test_a_value_that_cannot_be_is_not_sent_to_review(measured, number, fields, name, sentence):
    world, commitment, _indicator = measured
    update = ProgressUpdatePageFactory(parent=commitment, rows={1: 10, 2: 20})
    rows = list(update.rows.all())
    row = rows[number - 1]
    for column, value in (GOOD | fields).items():
        setattr(row, column, value)
    update.rows = rows

    errors = update.publication_errors()
    assert list(errors) == [f"rows.{row.action_key}.{name}"]
    assert sentence in errors[f"rows.{row.action_key}.{name}"]
    with pytest.raises(InvalidSubmission):
        submit(update, world.north_editor)
