"""Results replaced without a page load are the same as the loaded page."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def results(page: Page):
    """The results of a query with a mark that a page load would remove."""
    page.goto("/buscar/?q=sentencias")
    page.evaluate("window.isTheSamePage = true")
    return page


def is_the_same(page: Page) -> bool:
    return page.evaluate("window.isTheSamePage === true")


def test_a_query_swaps_the_results_and_keeps_the_focus(results: Page):
    box = results.get_by_role("combobox")
    box.fill("ladrilleras")
    box.press("Enter")
    expect(results.locator(".results li").first).to_contain_text("ladrilleras")
    results.wait_for_url("**/buscar/?q=ladrilleras*")
    expect(results).to_have_title("Buscar: ladrilleras · Abierto Guanajuato")
    assert is_the_same(results)
    expect(box).to_be_focused()
    expect(results.locator("#anuncio")).to_have_text(results.locator("#total").inner_text())
    expect(results.locator("#opinion form")).to_have_attribute("action", "/buscar/opinion/?q=ladrilleras")


def test_filters_and_chips_swap_and_move_to_the_total(results: Page):
    before = results.locator("#total").inner_text()
    results.get_by_role("group", name="Estado").get_by_role("checkbox", name="Plazo terminado").check()
    results.get_by_role("button", name="Aplicar filtros").click()
    chips = results.get_by_role("list", name="Filtros puestos")
    expect(chips).to_contain_text("Plazo terminado")
    assert "estado=plazo-terminado" in results.url
    expect(results.locator("#total")).to_be_focused()
    chips.get_by_role("link", name="Plazo terminado").click()
    expect(results.locator("#total")).to_have_text(before)
    expect(results.locator("#total")).to_be_focused()
    assert "estado" not in results.url
    assert is_the_same(results)


def test_the_back_button_restores_the_results(results: Page):
    first = results.locator("#total").inner_text()
    results.get_by_role("link", name="por fecha").click()
    results.wait_for_url("**orden=fecha*")
    box = results.get_by_role("combobox")
    box.fill("agave")
    box.press("Enter")
    results.wait_for_url("**q=agave*")
    expect(results.locator("#total")).not_to_have_text(first)
    results.go_back()
    results.wait_for_url("**q=sentencias*orden=fecha*")
    expect(results.locator("#total")).to_have_text(first)
    expect(results.get_by_role("combobox")).to_have_value("sentencias")
    results.go_back()
    results.wait_for_url("**/buscar/?q=sentencias")
    expect(results.locator("strong", has_text="más relevantes")).to_be_visible()


def test_a_corrected_query_is_written_in_the_box(page: Page):
    page.goto("/buscar/?q=ladrileras")
    page.get_by_role("link", name="ladrilleras", exact=True).first.click()
    page.wait_for_url("**q=ladrilleras*")
    expect(page.get_by_role("combobox")).to_have_value("ladrilleras")
    expect(page.locator("#total")).to_be_focused()


def test_links_to_other_pages_load_them(results: Page):
    link = results.locator(".results a").first
    address = link.get_attribute("href")
    link.click()
    results.wait_for_url(f"**{address}")
    assert not is_the_same(results)


def test_results_that_cannot_be_swapped_are_loaded(results: Page):
    results.route("**/buscar/?q=agave*", lambda route: route.abort(), times=1)
    box = results.get_by_role("combobox")
    box.fill("agave")
    box.press("Enter")
    results.wait_for_url("**/buscar/?q=agave*")
    expect(results.locator(".results li").first).to_contain_text("agave")
    assert not is_the_same(results)


def test_suggestions_close_after_a_swap_and_the_box_stays_visible(visitors):
    page = visitors.open(viewport=PHONE)
    page.goto("/buscar/?q=sentencias")
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("agave")
    box.press("Enter")
    page.wait_for_url("**q=agave*")
    page.wait_for_timeout(500)
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_be_in_viewport(ratio=1)

    page.get_by_role("link", name="JSON").scroll_into_view_if_needed()
    page.get_by_role("link", name="por fecha").evaluate("link => link.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    page.wait_for_url("**orden=fecha*")
    expect(page.locator("#total")).to_be_focused()
    expect(box).to_be_in_viewport(ratio=1)


def test_suggestions_still_come_after_a_swap_on_a_phone(visitors):
    page = visitors.open(viewport=PHONE)
    page.goto("/buscar/?q=sentencias")
    page.get_by_role("link", name="por fecha").click()
    page.wait_for_url("**orden=fecha*")
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("ladri")
    expect(page.get_by_role("listbox", name="Sugerencias").get_by_role("option").first).to_be_visible()
