"""The public page of a roadmap, what its draft may not be published with, and its steps."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from abierto.approval.errors import InvalidSubmission
from abierto.registry.enums import GovernmentLevel
from pages.roadmaps.models import RoadmapPage, RoadmapStep
from pages.roadmaps.queries import find_current_list
from tests.abierto.approval.newsroom import newsroom, submit
from tests.factories import (
    InstitutionFactory,
    MicrositePageFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    SeatFactory,
    SecretariatFactory,
    home,
    published,
    republished,
)
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INSTALLED = datetime.date(2022, 8, 30)


@pytest.fixture
def steps():
    """Two steps: a declaration, and the installation that asks for an act and a route."""
    lists = StepListFactory(name="Lista de dos pasos")
    ListedStepFactory(step_list=lists, number=2, name="Se instala", documents="Acta\nRuta de trabajo")
    ListedStepFactory(step_list=lists, number=1, name="Se firma la declaratoria", documents="")
    return lists


@pytest.fixture
def microsite():
    published(home())
    parent = published(MunicipalityIndexPageFactory())
    return published(MicrositePageFactory(parent=parent, municipality__name="Coroneo"))


def build_document(title: str, **fields) -> tuple[str, dict]:
    return ("evidence", {"title": title, "kind": "link", "url": "https://example.org/acta", **fields})


def read(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_shows_each_step_with_its_day_and_papers(client, microsite, steps):
    page = published(
        RoadmapPageFactory(
            parent=microsite,
            step_list=steps,
            declaration="2020-03-12",
            rows={
                2: {
                    "status": "done",
                    "done_on": INSTALLED,
                    "evidence": [build_document("Acta de instalación")],
                }
            },
        )
    )

    html = read(client, page)
    assert "Paso 2" in html
    assert "Consta 1 de 2 pasos." in html
    assert "la del 12 de marzo de 2020" in html
    assert '<time datetime="2022-08-30">30 de agosto de 2022</time>' in html
    assert "Pide: Acta; Ruta de trabajo." in html
    assert '<a href="https://example.org/acta">Acta de instalación</a>' in html
    assert "Entregado: 1 de 2." in html
    assert html.index("1. Se firma la declaratoria") < html.index("2. Se instala")
    assert html.count("Fuera de orden") == 1


def test_a_paper_that_is_only_cited_was_not_delivered(client, microsite, steps):
    cited = build_document("Acta citada", kind="cited", url="")
    rows = {2: {"status": "done", "evidence": [cited]}}
    page = published(RoadmapPageFactory(parent=microsite, step_list=steps, rows=rows))

    html = read(client, page)
    assert "una fuente lo nombra, pero no lo muestra" in html
    assert "Entregados: 0 de 2." in html


def test_checks_are_computed_from_the_registry(client, microsite, steps):
    guarantor = InstitutionFactory(name="Instituto garante", kind="autonomous")
    secretariat = SecretariatFactory(
        municipality=microsite.municipality, level=GovernmentLevel.MUNICIPAL, valid_from=INSTALLED
    )
    SeatFactory(
        secretariat=secretariat,
        institution=InstitutionFactory(kind="municipality"),
        post="Presidenta Municipal y Presidenta del Secretariado",
    )
    page = published(
        RoadmapPageFactory(
            parent=microsite, step_list=steps, oath_on=INSTALLED, oath_before=guarantor, has_all_members=True
        )
    )

    html = read(client, page)
    assert "Constan 1 autoridad y 0 organizaciones." in html
    assert "El cargo de quien preside es la presidencia municipal." in html
    assert "El 30 de agosto de 2022, ante Instituto garante." in html
    guarantor.unpublish()
    assert "Instituto garante" not in read(client, page)


def test_a_step_withdrawn_from_the_list_is_not_shown(client, microsite, steps):
    page = published(RoadmapPageFactory(parent=microsite, step_list=steps))
    step = steps.steps.get(number=1)

    republished(step, name="Se firma otra cosa")
    assert "Se firma otra cosa" in read(client, page)
    step.unpublish()
    assert "Se firma otra cosa" not in read(client, page)


def test_drafts_of_the_list_are_not_proposed(microsite, steps):
    ListedStepFactory(step_list=steps, number=3, live=False)

    page = RoadmapPageFactory(parent=microsite, step_list=steps)

    assert [row.step.number for row in page.steps.all()] == [1, 2]


def test_the_list_of_today_is_the_one_that_began_last():
    day = datetime.date(2023, 1, 1)
    older = StepListFactory()
    newer = StepListFactory(valid_from=datetime.date(2022, 10, 7))
    StepListFactory(valid_from=datetime.date(2024, 1, 1))
    StepListFactory(valid_from=datetime.date(2022, 12, 1), live=False)

    assert find_current_list(day) == newer
    assert find_current_list(datetime.date(2020, 1, 1)) == older


# --- What is refused -----------------------------------------------------------------------------------


def test_a_second_roadmap_and_another_municipality_are_refused(microsite, steps):
    RoadmapPageFactory(parent=microsite, step_list=steps)
    second = RoadmapPage(title="Otra", step_list=steps)
    second.intended_parent = microsite
    foreign = RoadmapPage(title="Ajena", step_list=steps, municipality=MunicipalityFactory())
    foreign.intended_parent = microsite

    with pytest.raises(ValidationError, match="ya tiene una hoja de ruta"):
        second.clean()
    with pytest.raises(ValidationError, match="es de otro municipio"):
        foreign.clean()


def test_a_done_step_has_no_future_date(steps):
    row = RoadmapStep(step=steps.steps.first(), status="done", done_on=datetime.date(2999, 1, 1))

    with pytest.raises(ValidationError, match="fecha futura"):
        row.clean()


@pytest.mark.parametrize("fault", ["no steps", "other list", "twice", "no municipality"])
def test_a_roadmap_is_not_sent_to_review_with(fault, steps):
    room = newsroom()
    index = MunicipalityIndexPageFactory()
    page = RoadmapPageFactory(parent=index, step_list=steps, municipality=MunicipalityFactory())
    if fault == "no steps":
        page.steps = []
    elif fault == "other list":
        page.steps.add(RoadmapStep(step=ListedStepFactory()))
    elif fault == "twice":
        page.steps.add(RoadmapStep(step=steps.steps.first()))
    else:
        page.municipality = None

    with pytest.raises(InvalidSubmission):
        submit(page, room.editor)
    page.refresh_from_db()
    assert not page.live
