"""Any URL gets a page and never a server error."""

import pytest

from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    published,
)
from tests.shared_rows import built_once

NONSENSE = [
    "/%00",
    "/planes/%00/",
    "/" + "a" * 8192,
    "/..%2f..%2fetc/passwd",
    "/planes/../../etc/passwd",
    "/\u202eplanes/",
    "/%ff%fe/",
    "/compromiso/" + "9" * 400 + "/1/",
    "/media/images/../documents/acta.pdf",
    "/documents/999999999999999999999999/acta.pdf",
]

BAD_FILTERS = [
    "eje=99",
    "eje=%00",
    "estado=ninguno",
    "institucion=abc",
    "institucion=" + "9" * 30,
    "ods=-1",
    "reporte=1%27%20OR%201=1",
    "nada=1&otra=2",
    "&".join(["eje=1"] * 500),
    "eje=%ed%a0%80",
    "estado=%ff",
    "pagina=10**30",
]


@built_once
def publish_plan():
    """Publish a plan with one commitment and its update."""
    plan = PlanPageFactory()
    commitment = published(
        CommitmentPageFactory(parent=AxisPageFactory(parent=plan, code="1"), code="1.1", actions=1)
    )
    published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}))
    return published(plan)


@pytest.fixture
def plan(db):
    return publish_plan()


@pytest.mark.parametrize("address", NONSENSE, ids=lambda address: address[:24])
def test_an_invalid_url_is_a_404(client, plan, address):
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("query", BAD_FILTERS, ids=lambda query: query[:24])
def test_an_invalid_filter_still_gives_a_page(client, plan, query):
    response = client.get(f"{plan.url}?{query}")

    assert response.status_code == 200
    assert "Compromiso 1.1" in response.content.decode()


def test_an_invalid_filter_shows_a_message(client, plan):
    page = client.get(f"{plan.url}?eje=99").content.decode()

    assert "Uno de los filtros no se entendió y no se aplicó." in page
    assert "Elige una de la lista." in page


def test_the_submitted_filter_is_escaped(client, plan):
    page = client.get(plan.url, {"eje": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
