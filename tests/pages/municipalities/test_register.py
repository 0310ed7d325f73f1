"""The list of all municipalities, the picker, the map, and the page of one that has no microsite."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from abierto.registry.enums import GovernmentLevel
from tests.factories import (
    MicrositePageFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    PlanPageFactory,
    SecretariatFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.municipal_factories import ListedStepFactory, StepListFactory
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db

LIST = "/municipios/"
OUTSIDE = "https://www.tarimoro.gob.mx/secretariado-tecnico-local"


@pytest.fixture(autouse=True)
@built_once
def index():
    published(home())
    return published(MunicipalityIndexPageFactory())


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def find_tile_links(html: str) -> dict[str, str]:
    """Return the address of each tile by its name."""
    tiles = html.partition('<ul class="tiles')[2].partition("</ul>")[0]
    return {name: url for url, name in re.findall(r'href="([^"]+)" title="([^:"]+):', tiles)}


def test_every_tile_leads_to_a_page_of_the_portal(client):
    here = published(MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo")))
    MunicipalityFactory(name="Tarimoro", external_site_url=OUTSIDE)
    MunicipalityFactory(name="Apaseo el Alto")

    for path in (LIST, "/"):
        assert find_tile_links(read(client, path)) == {
            "Coroneo": here.url,
            "Tarimoro": "/municipios/tarimoro/",
            "Apaseo el Alto": "/municipios/apaseo-el-alto/",
        }


def test_the_page_of_a_town_says_what_is_known_and_where_the_address_is_from(client, settings):
    town = MunicipalityFactory(
        name="Tarimoro",
        population=33014,
        external_site_url=OUTSIDE,
        external_site_source="Lista de municipios con secretariado, 2021",
        facts="Tenía secretariado en 2021, con sitio propio\n",
        facts_source="Presentación Municipios Abiertos",
    )
    SecretariatFactory(name="STM de Tarimoro", level=GovernmentLevel.MUNICIPAL, municipality=town)

    html = read(client, "/municipios/tarimoro/")

    for said in ("<h1>Tarimoro</h1>", "33,014", "Tenía secretariado en 2021", "STM de Tarimoro"):
        assert said in html
    assert "Según: Presentación Municipios Abiertos." in html
    assert f'<a href="{OUTSIDE}" rel="external noopener">' in html
    assert "Dirección según: Lista de municipios con secretariado, 2021." in html
    assert f'<link rel="canonical" href="{settings.WAGTAILADMIN_BASE_URL}/municipios/tarimoro/">' in html


def test_the_sitemap_has_each_town_once(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://abierto.example.org"
    published(MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo")))
    MunicipalityFactory(name="Tarimoro")

    listed = re.findall(
        r"<loc>https://abierto.example.org(/municipios/[^<]*)</loc>", read(client, "/sitemap.xml")
    )

    assert listed == ["/municipios/", "/municipios/coroneo/", "/municipios/tarimoro/"]


def test_a_town_of_which_nothing_is_known_has_a_page_too(client):
    MunicipalityFactory(name="Atarjea")

    assert "No conocemos un documento sobre su gobierno abierto." in read(client, "/municipios/atarjea/")


@pytest.mark.parametrize("word", ["silao", "silao-de-la-victoria", "11037"])
def test_a_citizen_of_silao_finds_it_under_that_name(client, word):
    MunicipalityFactory(name="Silao de la Victoria", aliases="Silao", code="11037")
    address = "/municipios/silao-de-la-victoria/"

    assert "Silao (Silao de la Victoria)" in read(client, LIST)
    assert client.get(LIST, {"municipio": word}).url == address
    if word != "silao-de-la-victoria":
        assert client.get(f"/municipios/{word}/").url == address


def test_the_picker_leads_to_the_microsite(client):
    town = MunicipalityFactory(
        name="Dolores Hidalgo Cuna de la Independencia Nacional", aliases="Dolores Hidalgo"
    )
    page = published(MicrositePageFactory(municipality=town, title="Dolores Hidalgo", slug="dolores-hidalgo"))

    assert (
        client.get(LIST, {"municipio": "Dolores Hidalgo"}).url == page.url == "/municipios/dolores-hidalgo/"
    )
    slug = "dolores-hidalgo-cuna-de-la-independencia-nacional"
    assert client.get(f"/municipios/{slug}/").url == page.url


@pytest.mark.parametrize("word", ["Guadalajara", "%00", "x" * 3000])
def test_a_word_that_names_no_town_gets_the_list_and_a_sentence(client, word):
    MunicipalityFactory(name="Coroneo")

    assert "No encontramos ese municipio." in client.get(LIST, {"municipio": word}).content.decode()


@pytest.mark.parametrize("path", ["guadalajara/", "coroneo/plan/", "tarimoro/x/"])
def test_other_addresses_below_the_list_do_not_exist(client, path):
    MunicipalityFactory(name="Tarimoro")
    published(MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo")))

    assert client.get(f"{LIST}{path}").status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "path", ["a%00b/", "municipios/a%00b/", "municipios/coroneo/a%00b/", "cambios/municipios/a%00b/"]
)
def test_an_address_that_no_database_can_store_does_not_exist(client, path):
    published(MicrositePageFactory(slug="coroneo"))

    assert client.get(f"/{path}").status_code == 404


def test_a_draft_microsite_shows_the_page_of_the_register_and_nothing_of_itself(client):
    town = MunicipalityFactory(name="Coroneo")
    MicrositePageFactory(municipality=town, presentation="Todavía nadie lo aprobó")

    html = read(client, "/municipios/coroneo/")

    assert "todavía no tiene un micrositio" in html
    assert "nadie lo aprobó" not in html


def test_a_town_that_is_not_public_has_no_page(client):
    MunicipalityFactory(name="Coroneo", live=False)

    assert "Coroneo" not in read(client, LIST)
    assert client.get("/municipios/coroneo/").status_code == 404


def test_a_restricted_list_shows_no_town(client, index):
    MunicipalityFactory(name="Coroneo")
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/municipios/coroneo/").status_code == 302


def test_the_list_says_what_each_microsite_has(client):
    full = published(MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo")))
    published(PlanPageFactory(parent=full))
    published(StandardPageFactory(parent=full))
    StandardPageFactory(
        parent=published(MicrositePageFactory(municipality=MunicipalityFactory(name="Celaya")))
    )

    html = read(client, LIST)

    assert "Micrositio: plan, páginas" in html
    assert "Micrositio, todavía sin páginas" in html


def test_the_list_shows_the_public_steps_of_the_registry_the_last_list_first(client):
    older = StepListFactory(name="Seis pasos")
    newer = StepListFactory(name="Trece pasos", valid_from=datetime.date(2022, 10, 7))
    hidden = StepListFactory(name="Lista en borrador", live=False)
    ListedStepFactory(step_list=older, number=3, name="Se instala el secretariado")
    ListedStepFactory(step_list=newer, number=13, name="Se hace el informe", documents="Informe final")
    ListedStepFactory(step_list=newer, number=2, name="Se convoca")
    ListedStepFactory(step_list=newer, number=1, name="Paso en borrador", live=False)
    ListedStepFactory(step_list=hidden, name="Paso de otra lista")

    steps = read(client, LIST).partition('id="pasos"')[2].partition("</section>")[0]

    order = ("Trece pasos", "7 de octubre de 2022", "Se convoca", "Se hace el informe", "Informe final")
    places = [steps.find(words) for words in (*order, "Seis pasos", "Se instala el secretariado")]
    assert places == sorted(places)
    assert places[0] > 0
    assert "borrador" not in steps
    assert "Paso de otra lista" not in steps


@pytest.mark.slow
def test_the_list_and_a_start_page_cost_twelve_queries(client):
    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    costs = []
    for names in (["Coroneo"], ["Celaya", "Cortazar"]):
        for name in names:
            page = published(MicrositePageFactory(municipality=MunicipalityFactory(name=name)))
            published(PlanPageFactory(parent=page))
            published(StandardPageFactory(parent=page))
            published(StandardPageFactory(parent=page))
            MunicipalityFactory(name=f"Otro {name}")
        costs.append((count(LIST), count(page.url), count("/municipios/otro-coroneo/")))

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12
