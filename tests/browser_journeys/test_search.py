"""Searching with the keyboard, on a phone and without scripts: suggestions, filters, files, no results."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def box(page: Page):
    """The field of the search page after its script has run."""
    page.goto("/buscar/")
    return page.get_by_role("combobox")


def options(page: Page):
    return page.get_by_role("listbox", name="Sugerencias").get_by_role("option")


def test_a_suggestion_is_chosen_and_opened_by_keyboard(page: Page, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("ladri")
    expect(options(page).first).to_contain_text("ladri")
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    box.press("ArrowUp")
    last = options(page).last
    expect(last).to_have_attribute("aria-selected", "true")
    address = last.get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page, box):
    box.press_sequentially("ladri")
    expect(options(page).first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ladri")
    expect(page.locator(".search [role=status]")).to_have_text("")
    box.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_enter_without_a_choice_submits_the_form(page: Page, box):
    box.press_sequentially("ladrilleras")
    box.press("Enter")
    page.wait_for_url("**/buscar/?q=ladrilleras*")
    expect(page.locator(".results li").first).to_be_visible()


def test_the_number_of_suggestions_is_announced(page: Page, box):
    status = page.locator(".search [role=status]")
    box.press_sequentially("ladri")
    expect(status).to_contain_text("sugerencias. Usa las flechas para elegir.")
    assert status.inner_text().split()[0] == str(options(page).count())
    box.fill("zzzzqqq")
    expect(status).to_have_text("Sin sugerencias.")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_click_opens_a_suggestion_and_a_click_outside_closes_them(page: Page, box):
    box.press_sequentially("ladri")
    options(page).first.click()
    page.wait_for_url("**/buscar/?q=ladri*")
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("sentenc")
    expect(options(page).first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_suggestions_are_escaped(page: Page, box):
    hostile = {"suggestions": [{"text": "<img src=x onerror=boom()>", "kind": "<b>", "url": "/buscar/?q=x"}]}
    page.route("**/sugerencias/**", lambda route: route.fulfill(json=hostile))
    box.press_sequentially("img")
    expect(options(page).first).to_contain_text("<img src=x onerror=boom()>")
    expect(page.locator(".combo img")).to_have_count(0)


def test_a_failing_server_keeps_the_plain_form(page: Page, box):
    page.route("**/sugerencias/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        box.press_sequentially("ladrilleras")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box.press("Enter")
    page.wait_for_url("**/buscar/?q=ladrilleras*")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_filters_and_downloads_work_on_a_phone(visitors, scripts):
    page = visitors.open(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/buscar/?q=sentencias")
    page.get_by_text("Filtrar", exact=True).click()
    page.get_by_role("group", name="Estado").get_by_role("checkbox", name="Plazo terminado").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    page.wait_for_url("**estado=plazo-terminado*")
    expect(page.get_by_role("list", name="Filtros puestos")).to_contain_text("Plazo terminado")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "Compromiso" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="Plazo terminado").click()
    page.wait_for_url(lambda address: "estado" not in address)


def test_a_search_without_results_links_to_alternatives(visitors):
    page = visitors.open(viewport=PHONE, java_script_enabled=False)
    page.goto("/buscar/?q=ladriyeros&tipo=sesion")
    expect(page.get_by_role("heading", name="0 resultados")).to_be_visible()
    page.get_by_role("link", name="ladrilleras").click()
    page.get_by_role("link", name="Sin «Sesiones»").click()
    expect(page.locator(".results li").first).to_contain_text("ladrilleras")


def test_a_result_links_to_its_passage(page: Page):
    page.goto("/buscar/?q=aviso+ladrilleras+ciudadanía+denuncia")
    link = page.locator(".results a[href*='#']").first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_results_can_be_printed(page: Page):
    page.goto("/buscar/?q=sentencias")
    page.emulate_media(media="print")
    expect(page.locator(".results li").first).to_be_visible()
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
