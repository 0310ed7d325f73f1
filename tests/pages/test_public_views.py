"""Pages made from public data: institutions, what changed, and all proofs of a plan."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.changes import views as changes_views
from pages.institutions.queries import institution_url
from pages.plans.enums import PlanKind
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    PersonFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    SeatFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.pages.visibility.closing import restrict, unpublish
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PROOF = [
    {
        "type": "evidence",
        "value": {"title": "Acta de la sesión", "kind": "link", "url": "https://a.example/acta"},
    }
]


def read(client, url: str) -> str:
    """Return the text of a page that answers."""
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().split())


@pytest.fixture
@built_once
def institution():
    return InstitutionFactory(
        name="Universidad de Prueba",
        acronym="UP",
        email="buzon@up.example",
        transparency_email="transparencia@up.example",
    )


@pytest.fixture
@built_once
def plan():
    return PlanPageFactory(slug="plan", title="Plan de prueba 2022–2024")


@pytest.fixture
@built_once
def commitment(plan, institution):
    axis = AxisPageFactory(parent=plan, code="1")
    page = CommitmentPageFactory(
        parent=axis, code="1.1", title="Abrir los archivos", actions=1, responsible=institution
    )
    return published(page)


# --- Institutions --------------------------------------------------------------------------------------


def test_an_institution_shows_its_promises_its_people_and_its_contact(client, institution, commitment):
    person = PersonFactory(name="Ana Torres")
    SeatFactory(institution=institution, person=person, post="Rectora")

    html = read(client, institution_url(institution))

    assert institution_url(institution) == f"/instituciones/{institution.pk}-universidad-prueba/"
    for words in ("Abrir los archivos", "Plan de prueba 2022–2024", "Rectora", "Ana Torres"):
        assert words in html
    assert 'href="mailto:buzon@up.example"' in html
    assert 'href="mailto:transparencia@up.example"' in html
    assert f'<a href="{commitment.url}">' in html


def test_an_institution_without_a_mailbox_says_so(client):
    assert "No conocemos su correo." in read(client, institution_url(InstitutionFactory()))


def test_the_responsible_party_links_to_its_page(client, institution, commitment):
    assert f'<a href="{institution_url(institution)}">' in read(client, commitment.url)


def test_an_older_name_in_the_address_leads_to_the_page(client, institution):
    response = client.get(f"/instituciones/{institution.pk}-otro-nombre/")

    assert (response.status_code, response.url) == (302, institution_url(institution))


def test_drafts_of_the_registry_have_no_page_and_are_not_named(client, institution, commitment):
    draft = InstitutionFactory(name="Institución en borrador", live=False, successor=institution)
    SeatFactory(institution=institution, person=PersonFactory(name="Persona en borrador", live=False))
    SeatFactory(institution=institution, person=PersonFactory(name="Asiento en borrador"), live=False)

    assert client.get(institution_url(draft)).status_code == 404
    html = read(client, institution_url(institution)) + read(client, reverse("pages:institutions"))
    assert "borrador" not in html


@pytest.mark.parametrize("close", [restrict, unpublish])
def test_a_commitment_that_is_not_public_is_on_no_page(client, plan, institution, commitment, close):
    published(plan)
    published(ProgressUpdatePageFactory(parent=commitment, rows={1: 10}, evidence=json.dumps(PROOF)))
    addresses = [
        institution_url(institution),
        reverse("pages:changes"),
        reverse("pages:changes_feed"),
        reverse("pages:proofs", args=["plan"]),
        reverse("sitemap"),
    ]
    for address in addresses:
        html = read(client, address)
        assert "Abrir los archivos" in html or commitment.url in html, address

    with imported("Se cierra en una prueba"):
        close(commitment)

    for address in addresses:
        html = read(client, address)
        for words in ("Abrir los archivos", "Acta de la sesión", commitment.url):
            assert words not in html, address


def test_the_organisation_is_described_for_search_engines(client, institution):
    html = client.get(institution_url(institution)).content.decode()

    scripts = html.split('<script type="application/ld+json">')[1:]
    data = [json.loads(part.split("</script>")[0]) for part in scripts]

    assert [one["name"] for one in data if one["@type"] == "Organization"] == ["Universidad de Prueba"]


# --- Changes -------------------------------------------------------------------------------------------


def test_changes_are_listed_by_month_and_linked_from_home(client):
    page = published(StandardPageFactory(parent=home(), title="Página nueva de prueba"))
    published(home())

    assert 'href="/cambios/"' in read(client, home().url)
    month = timezone.localtime(page.last_published_at)
    html = read(client, "/cambios/")
    assert "Página nueva de prueba" in html
    assert f'href="/cambios/{month:%Y-%m}/"' in html
    assert "Página nueva de prueba" in read(client, f"/cambios/{month:%Y-%m}/")
    assert client.get("/cambios/2001-01/").status_code == 404
    assert client.get("/cambios/?pagina=99").status_code == 404


def test_the_pages_of_a_month_lead_to_each_other_and_show_each_change_once(client, monkeypatch):
    names = [f"Página nueva {number}" for number in range(5)]
    for name in names:
        published(StandardPageFactory(parent=home(), title=name))
    monkeypatch.setattr(changes_views, "PER_PAGE", 2)
    own = f"/cambios/{timezone.localdate():%Y-%m}/"

    texts, address = [], own
    while address:
        texts.append(read(client, address))
        found = re.search(r'<a href="([^"]+)" rel="next">Siguiente</a>', texts[-1])
        address = found.group(1) if found else ""

    shown = [name for text in texts for name in re.findall(r">(Página nueva \d)</a>", text)]
    assert sorted(shown) == names
    assert "1–2 de " in texts[0]
    assert 'rel="prev"' not in texts[0]
    assert f'<a href="{own}" rel="prev">Anterior</a>' in texts[1]
    assert '<span aria-current="page"><span class="vh">Página </span>2</span>' in texts[1]
    assert f'<a href="{own}?pagina=3" rel="next">Siguiente</a>' in texts[1]


def test_changes_name_the_lines_of_a_work_plan_as_lines(client, plan, commitment):
    published(plan)
    proposal = published(PlanPageFactory(slug="propuesta", title="Propuesta", kind=PlanKind.WORK_PLAN))
    line = CommitmentPageFactory(
        parent=AxisPageFactory(parent=proposal, code="A"), code="A.1", title="Talleres"
    )
    published(line)

    html = read(client, "/cambios/")

    assert f'<p class="kind">Línea de acción</p> <h3><a href="{line.url}">' in html
    assert f'<p class="kind">Compromiso</p> <h3><a href="{commitment.url}">' in html


def test_changes_have_a_feed(client):
    published(StandardPageFactory(parent=home(), title="Página nueva de prueba"))

    response = client.get("/cambios.atom")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Página nueva de prueba" in response.content.decode()


# --- Proofs --------------------------------------------------------------------------------------------


def test_all_proofs_of_a_plan_are_on_one_page(client, plan, commitment):
    published(plan)
    published(ProgressUpdatePageFactory(parent=commitment, rows={1: 10}, evidence=json.dumps(PROOF)))

    html = read(client, "/pruebas/plan/")

    assert '<a href="https://a.example/acta" rel="external noopener">Acta de la sesión</a>' in html
    assert "En a.example." in html
    assert "1 prueba con enlace." in html
    assert 'href="/pruebas/plan/"' in read(client, plan.url)


def test_the_table_of_a_plan_names_the_site_of_each_proof(client, plan, commitment):
    published(plan)
    second = {"title": "Otra", "kind": "link", "url": "https://www.a.example/dos"}
    without = {"title": "Mencionada", "kind": "cited"}
    evidence = [*PROOF, {"type": "evidence", "value": second}, {"type": "evidence", "value": without}]
    published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}, evidence=json.dumps(evidence)))

    html = read(client, plan.url)
    assert html.count(">a.<wbr>example</a>") == 1
    assert 'href="https://a.example/acta"' in html


def test_a_private_plan_has_no_page_of_proofs(client, plan, commitment):
    published(plan)
    PageViewRestriction.objects.create(page=plan, restriction_type="login")

    assert client.get("/pruebas/plan/").status_code == 404
    assert client.get("/pruebas/otro/").status_code == 404
