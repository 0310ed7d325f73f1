"""The addresses of a microsite: its path, its own host, its «not found», its changes and its search."""

import pytest
from django.utils import timezone
from wagtail.models import Site

from abierto.addresses import page_url
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    MicrositePageFactory,
    MunicipalityFactory,
    PlanPageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PORTAL = "https://abierto.example.org"
HOST = "coroneo.example.org"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.WAGTAILADMIN_BASE_URL = PORTAL
    settings.ALLOWED_HOSTS = ["testserver", "localhost", HOST]


@pytest.fixture
@built_once
def microsite():
    published(home())
    return published(MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo")))


@pytest.fixture
@built_once
def plan(microsite):
    return published(PlanPageFactory(parent=microsite, title="Plan municipal", slug="plan-coroneo"))


@pytest.fixture
def own_host(microsite):
    return Site.objects.create(hostname=HOST, port=80, root_page=microsite, site_name="Coroneo abierto")


def read(client, path: str, host: str = "localhost") -> str:
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200
    return response.content.decode()


def find_canonical_url(html: str) -> str:
    return html.partition('<link rel="canonical" href="')[2].partition('"')[0]


def test_by_path_a_page_has_the_address_of_the_portal(client, plan):
    html = read(client, "/municipios/coroneo/plan-coroneo/")

    assert find_canonical_url(html) == f"{PORTAL}/municipios/coroneo/plan-coroneo/"


def test_on_both_hosts_a_page_has_one_address(client, plan, own_host):
    for path, host in (("/municipios/coroneo/plan-coroneo/", "localhost"), ("/plan-coroneo/", HOST)):
        html = read(client, path, host)

        assert find_canonical_url(html) == f"http://{HOST}/plan-coroneo/"
    assert find_canonical_url(read(client, "/", HOST)) == f"http://{HOST}/"
    assert page_url(home()) == f"{PORTAL}/"


def test_on_its_own_host_a_microsite_leads_to_the_portal(client, plan, own_host):
    html = read(client, "/", HOST)

    assert f'<a class="brand" href="{PORTAL}/">' in html
    assert f'<li><a href="{PORTAL}/municipios/">' in html
    assert 'href="/plan-coroneo/"' in html


def test_on_its_own_host_the_pages_of_the_portal_answer_too(client, microsite, own_host):
    for path in ("/cambios/", "/instituciones/"):
        assert find_canonical_url(read(client, path, HOST)) == f"{PORTAL}{path}"


@pytest.mark.parametrize(("path", "host"), [("/municipios/coroneo/nada/", "localhost"), ("/nada/", HOST)])
def test_what_is_not_there_is_said_in_the_microsite(client, plan, own_host, path, host):
    response = client.get(path, headers={"host": host})
    html = response.content.decode()

    assert response.status_code == 404
    assert 'class="site__name"' in html
    assert "Ir al inicio de Coroneo" in html


@pytest.mark.parametrize("path", ["/nada/", "/municipios/nada/", "/municipios/celaya/nada/"])
def test_elsewhere_it_is_said_by_the_portal(client, microsite, path):
    MicrositePageFactory(municipality=MunicipalityFactory(name="Celaya"))

    response = client.get(path)

    assert response.status_code == 404
    assert 'class="site__name"' not in response.content.decode()


def test_the_changes_of_a_microsite_are_its_own(client, microsite, plan):
    published(StandardPageFactory(title="Página del estado"))
    StandardPageFactory(parent=microsite, title="Borrador")

    for path in ("/cambios/municipios/coroneo/", "/cambios/municipios/coroneo.atom"):
        text = read(client, path)

        assert "Plan municipal" in text
        assert "Página del estado" not in text
        assert "Borrador" not in text
    month = f"{timezone.localtime(plan.last_published_at):%Y-%m}"
    assert "Plan municipal" in read(client, f"/cambios/municipios/coroneo/{month}/")
    assert client.get("/cambios/municipios/celaya/").status_code == 404
    assert client.get("/cambios/municipios/coroneo/2001-01/").status_code == 404


def test_the_plans_of_two_towns_have_the_same_slug_and_different_short_addresses(client, microsite):
    addresses = {}
    for town in (microsite, published(MicrositePageFactory(municipality=MunicipalityFactory(name="Celaya")))):
        axis = AxisPageFactory(parent=PlanPageFactory(parent=town, slug="plan"), code="1")
        page = published(CommitmentPageFactory(parent=axis, code="1.1"))
        addresses[town.slug] = page.url

        assert f"{PORTAL}/compromiso/{town.slug}--plan/1.1/" in read(client, page.url)
        assert (
            find_canonical_url(read(client, f"/pruebas/{town.slug}--plan/"))
            == f"{PORTAL}/pruebas/{town.slug}--plan/"
        )
    for town, url in addresses.items():
        assert client.get(f"/compromiso/{town}--plan/1.1/").url == url
    for key in ("plan", "celaya--otro", "--plan", "aya--plan"):
        assert client.get(f"/compromiso/{key}/1.1/").status_code == 404


def test_the_plan_of_the_state_keeps_its_short_address(client, microsite):
    page = published(CommitmentPageFactory(parent__parent__slug="plan", code="1.1"))

    assert client.get("/compromiso/plan/1.1/").url == page.url
