"""A new municipality from its provisioning to its plan, an intermediate report and a good practice."""

import pytest
from django.urls import reverse

from abierto.approval.ledger.imports import imported
from abierto.board.queries import read_board
from abierto.demo.loader.registry import load_step_lists
from pages.practices.models import GoodPracticePage
from pages.reports.models import ReportKind
from tests.abierto.approval.newsroom import newsroom
from tests.factories import MunicipalityFactory, published
from tests.municipal_road import (
    ALL_STEPS,
    END,
    Town,
    address_of_paper,
    fill_in_steps,
    publish_plan,
    publish_report,
)
from tests.participation_factories import GoodPracticeIndexPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def town() -> Town:
    """A town provisioned after the lists of steps of the state are in the registry."""
    with imported("Listas de pasos del Estado."):
        load_step_lists()
    return Town(MunicipalityFactory(name="Villa Nueva"), newsroom().reviewer)


def test_every_step_has_its_paper_and_the_list_of_steps_is_that_of_the_state(town, client):
    page = town.publish(fill_in_steps(town))

    html = client.get(page.url).content.decode()
    assert [row.step.number for row in page.steps.all()] == list(ALL_STEPS)
    assert [number for number in ALL_STEPS if address_of_paper(number) not in html] == []
    assert "Constan 13 de 13 pasos." in html
    assert "Fuera de orden" not in html
    assert "Entregado" not in html  # of fewer papers than a step asks for
    row = next(row for row in read_board(END) if row.name == "Villa Nueva")
    assert row.reached == ALL_STEPS[-1]


def test_a_plan_its_intermediate_report_and_a_good_practice_become_public_by_three_people(town, client):
    bank = published(GoodPracticeIndexPageFactory())
    plan = publish_plan(town)
    intermediate = publish_report(town, plan, ReportKind.INTERMEDIATE, 1)
    final = publish_report(town, plan, ReportKind.FINAL, 2)

    client.force_login(town.editor)
    client.post(reverse("reports:start_practice", args=[final.pk]))
    client.logout()
    practice = GoodPracticePage.objects.get()
    assert practice.title not in client.get(bank.url).content.decode()
    practice.what_was_done, practice.result = "Se abrieron las cuentas.", "Se consultan cada mes."
    practice.how_to_repeat = "Publicar primero el presupuesto."
    practice = town.publish(practice)

    for page in (plan, intermediate, final, practice):
        assert client.get(page.url).status_code == 200
    listed = client.get(f"{bank.url}?municipio={town.municipality.code}").content.decode()
    assert practice.title in listed
    assert practice.municipality == town.municipality
    row = next(row for row in read_board(END) if row.name == "Villa Nueva")
    assert row.plan_title == plan.title
    assert row.last_update_on is not None
