"""A citizen with a phone: from the home page to the answer, with and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from tests.browser import use_widest_font
from tests.browser_journeys.public_urls import LADRILLERAS, PLAN
from tests.browser_journeys.screenshots import IMAGES

pytestmark = pytest.mark.browser

PHONE, NARROW = {"width": 390, "height": 844}, {"width": 320, "height": 640}
QUESTIONS = ["Qué", "Cuánto", "Plazo", "Quién", "Pruebas"]

windows = pytest.mark.parametrize(
    "window",
    [
        {"viewport": PHONE},
        {"viewport": PHONE, "java_script_enabled": False},
        {"viewport": NARROW, "java_script_enabled": False},
    ],
    ids=["phone", "phone without scripts", "narrow without scripts"],
)


def codes(page: Page) -> list[str]:
    """Return the codes of the listed commitments."""
    return page.get_by_role("table", name="Cada compromiso").locator(".cell-plate").all_inner_texts()


@windows
def test_a_citizen_finds_a_commitment_from_the_home_page_by_filters(visitors, window):
    page = visitors.open(**window)
    page.goto("/")
    page.get_by_role("link", name="Plan de Acción Local de Estado Abierto 2022–2024").first.click()
    expect(page).to_have_url(f"{visitors.base_url}{PLAN}")
    assert len(codes(page)) == 13

    choose(page, "Eje", "1. Gobierno Abierto")
    assert codes(page) == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    choose(page, "Estado", "En proceso")
    assert codes(page) == ["1.1", "1.5"]
    assert "eje=1" in page.url
    assert "estado=reported" in page.url

    page.go_back()
    assert codes(page) == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    page.go_forward()
    page.get_by_role("link", name="Vigilar las ladrilleras").last.click()
    expect(page).to_have_url(f"{visitors.base_url}{LADRILLERAS}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vigilar las ladrilleras para respirar mejor")


def test_the_home_page_shows_the_progress_of_the_plan_and_the_search(page, pictures):
    page.goto("/")
    expect(page.locator("main [name=q]")).to_be_in_viewport()
    expect(page.locator(".plaque").first).to_contain_text("42\u00a0%")
    pictures.take(page, "portada", folder=IMAGES)


def choose(page: Page, label: str, option: str) -> None:
    """Add one filter to the list."""
    button = page.get_by_role("button", name="Filtrar")
    if not button.is_visible():
        page.get_by_text("Filtrar la lista").click()
    page.get_by_label(label, exact=True).select_option(label=option)
    button.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("widest", [False, True], ids=["system's font", "widest font"])
def test_every_commitment_shows_its_figure_on_the_first_screen_of_a_phone(visitors, widest):
    page = visitors.open(viewport=PHONE)
    below = {}
    plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
    for commitment in CommitmentPage.objects.live().descendant_of(plan).order_by("path"):
        page.goto(commitment.url)
        if widest:
            use_widest_font(page)
        answers = page.locator(".answers").first
        assert answers.locator("dt").all_inner_texts() == QUESTIONS
        box = answers.bounding_box()
        if box["y"] + box["height"] > PHONE["height"]:
            below[commitment.code] = round(box["y"] + box["height"])
    assert below == {}


@windows
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("psicologico", "Apoyo psicológico por chat"),
        ("PSICOLÓGICO", "Apoyo psicológico por chat"),
        ("ladrillera", "Vigilar las ladrilleras para respirar mejor"),
    ],
)
def test_the_search_ignores_accents_capitals_and_plurals(visitors, window, query, found):
    page = visitors.open(**window)
    page.goto("/")
    page.get_by_label("¿Qué quieres saber?").fill(query)
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator(".results li").first).to_contain_text(found)
    page.locator(".results").get_by_role("link", name=found).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(found)


def test_a_search_is_filtered_by_kind_and_the_url_has_the_filter(visitors):
    page = visitors.open(viewport=PHONE, java_script_enabled=False)
    page.goto("/buscar/?q=ladrilleras")
    before = page.locator(".results > li").count()
    page.get_by_text("Filtrar", exact=True).click()
    page.get_by_role("checkbox", name="Compromisos").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    expect(page.get_by_role("list", name="Filtros puestos")).to_contain_text("Compromisos")
    assert "tipo=" in page.url
    assert 0 < page.locator(".results > li").count() < before
    page.get_by_role("list", name="Filtros puestos").get_by_role("link", name="Compromisos").click()
    assert page.locator(".results > li").count() == before


def test_the_short_url_of_a_commitment_redirects_to_it(page, visitors):
    page.goto("/compromiso/pal-2022-2024/1.5/")
    expect(page).to_have_url(f"{visitors.base_url}{LADRILLERAS}")


def test_a_session_can_be_put_in_a_calendar(page):
    page.goto("/gobierno-abierto/secretariado-2022-2024/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar en tu calendario").first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in text
    assert "Cuarta Sesión Ordinaria 2023" in text.replace("\r\n ", "")
