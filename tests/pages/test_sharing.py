"""What other programs read: previews of shared pages, files at fixed addresses, structured data."""

import io
import json
import re

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import Site

from abierto.approval.ledger.imports import imported
from abierto.registry.models import InstitutionSpace
from abierto.tenancy.models import PortalSettings, SpaceRoot
from pages.sharing.share_image import draw_text, load_font, wrap
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.pages.visibility.closing import restrict
from tests.security.newsdesk import town_hall
from tests.shared_rows import built_once

META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
@built_once
def portal(db):
    page = published(home())
    Site.objects.update(site_name="Abierto Prueba")
    PortalSettings.objects.create(site=Site.objects.get(), contact_email="buzon@portal.example")
    return page


@pytest.fixture
@built_once
def commitment(portal):
    plan = PlanPageFactory(slug="plan", title="Plan de acción local 2022–2024")
    axis = AxisPageFactory(parent=plan, code="2", title="Parlamento Abierto")
    page = published(CommitmentPageFactory(parent=axis, code="2.1", title="Abrir las actas", actions=1))
    published(ProgressUpdatePageFactory(parent=page, rows={1: 40}))
    return page


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def find_title(html: str) -> str:
    return " ".join(re.search(r"<title[^>]*>(.*?)</title>", html, re.DOTALL)[1].split())


def test_a_shared_page_has_its_picture_its_kind_and_its_site(client, commitment):
    found = dict(META.findall(read(client, commitment.url)))

    assert found["og:image"] == f"http://localhost/compartir/{commitment.pk}.png"
    assert (found["og:type"], found["og:site_name"], found["og:locale"]) == (
        "article",
        "Abierto Prueba",
        "es_MX",
    )
    assert found["og:title"] == "2.1 Abrir las actas · Plan 2022–2024"


def test_titles_say_which_plan_a_page_is_a_part_of(client, commitment):
    axis = commitment.get_parent()
    update = commitment.get_children().get().specific

    titles = [find_title(read(client, page.url)) for page in (axis, commitment, update)]

    assert titles == [
        "Eje 2. Parlamento Abierto · Plan 2022–2024 · Abierto Prueba",
        "2.1 Abrir las actas · Plan 2022–2024 · Abierto Prueba",
        f"2.1 {update.title} · Plan 2022–2024 · Abierto Prueba",
    ]


def test_a_commitment_is_shared_with_its_figure(client, commitment):
    html = read(client, commitment.url)

    assert "https://wa.me/?text=2.1%20Abrir%20las%20actas%3A%2040%C2%A0%25" in html
    assert 'data-copy="http://localhost/compromiso/plan/2.1/"' in html


def test_the_picture_of_a_page_is_drawn(client, commitment):
    response = client.get(f"/compartir/{commitment.pk}.png")

    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_a_page_that_is_not_public_has_no_picture_and_is_not_in_the_sitemap(client, commitment):
    assert f"<loc>http://localhost{commitment.url}</loc>" in read(client, "/sitemap.xml")

    restrict(commitment)

    assert client.get(f"/compartir/{commitment.pk}.png").status_code == 404
    assert commitment.url not in read(client, "/sitemap.xml")
    assert client.get("/compartir/999999.png").status_code == 404


def test_the_sitemap_has_institutions(client, portal):
    row = InstitutionFactory(name="Instituto abierto")
    InstitutionFactory(name="Instituto en borrador", live=False)

    text = read(client, "/sitemap.xml")

    assert f"<loc>http://localhost/instituciones/{row.pk}-instituto-abierto/</loc>" in text
    assert "borrador" not in text


def test_the_sitemap_has_the_data_and_the_lists_that_are_no_pages(client, portal):
    text = read(client, "/sitemap.xml")

    for path in (
        "/datos/",
        "/datos/diccionario/",
        "/glosario/",
        "/acuerdos/",
        "/instituciones/",
        "/cambios/",
    ):
        assert f"<loc>http://localhost{path}</loc>" in text
        assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_accents_are_drawn_over_plain_letters():
    font = load_font(40)
    drawn = {}
    for text in ("a", "á", "n", "ñ", "i", "í", "u", "ü", "?", "¿"):
        image = Image.new("L", (80, 100))
        draw_text(image, (20, 30), text, font, 255)
        drawn[text] = image.getbbox()

    assert all(drawn[accented][1] < drawn[plain][1] for accented, plain in ("áa", "ñn", "üu"))
    assert drawn["í"] != drawn["i"]
    assert drawn["¿"][3] > drawn["?"][3]
    assert wrap("uno dos tres cuatro", font, 170, 2)[-1].endswith("…")


def test_the_files_that_programs_look_for(client, portal):
    robots = read(client, "/robots.txt")
    assert "Disallow: /admin/" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    assert "Contact: mailto:buzon@portal.example" in read(client, "/.well-known/security.txt")
    assert json.loads(read(client, "/manifest.webmanifest"))["name"] == "Abierto Prueba"
    assert client.get("/favicon.ico").url.endswith("favicon.ico")


def test_without_a_mailbox_no_contact_is_given(client, portal):
    PortalSettings.objects.all().delete()

    assert client.get("/.well-known/security.txt").status_code == 404
    assert "mailto:" not in read(client, portal.url)


def test_every_page_has_the_official_mailbox_at_its_foot(client, commitment):
    for path in (home().url, commitment.url, reverse("search:results"), "/cambios/"):
        assert 'href="mailto:buzon@portal.example"' in read(client, path)


def test_the_pages_of_a_space_have_the_mailbox_of_its_institution(client, commitment):
    space = town_hall()
    row = InstitutionFactory(name="Poder de prueba", email="buzon@poder.example")
    InstitutionSpace.objects.create(institution=row, holder=space)
    with imported("Raíz de una prueba"):
        SpaceRoot.objects.create(space=space, page=commitment.get_parent())

    html = read(client, commitment.url)

    assert 'Poder de prueba: <a href="mailto:buzon@poder.example">' in html
    assert "mailto:buzon@poder.example" not in read(client, home().url)


def test_search_engines_read_the_breadcrumbs_and_the_portal(client, commitment):
    crumbs, described = map(json.loads, DATA.findall(read(client, commitment.url)))
    (portal,) = map(json.loads, DATA.findall(read(client, home().url)))

    assert [one["name"] for one in crumbs["itemListElement"]][-1] == "2.1"
    assert (described["@type"], described["identifier"]) == ("CreativeWork", "2.1")
    assert all(one["item"].startswith("http://localhost/") for one in crumbs["itemListElement"])
    assert (portal["@type"], portal["name"]) == ("GovernmentOrganization", "Abierto Prueba")


def test_structured_data_cannot_end_its_script(client, portal):
    page = published(StandardPageFactory(parent=home(), title="</script><script>alert(1)</script>"))

    html = read(client, page.url)

    assert "<script>alert" not in html


def test_a_missing_page_has_the_menu_and_the_search(client, portal):
    published(StandardPageFactory(parent=home(), title="En el menú", show_in_menus=True))

    response = client.get("/no-existe/")

    html = response.content.decode()
    assert response.status_code == 404
    assert ">En el menú</a>" in html
    assert 'role="search"' in html
