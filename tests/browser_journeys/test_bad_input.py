"""Invalid input is refused on its field with a message, and all other input stays."""

import pytest
from playwright.sync_api import expect

from tests.browser_journeys.desk import UpdateDesk

pytestmark = pytest.mark.browser

TITLE = "Una plataforma para encontrar empleo"
NOTE, STORY = "Se sumaron vacantes de tres municipios.", "La bolsa abrió en dos regiones más."


def test_an_invalid_percentage_is_refused_on_its_field_and_other_input_stays(people, pictures):
    desk = UpdateDesk.begin(people, "edicion-poder-ejecutivo", TITLE)
    desk.report(1, percent="140", note=NOTE)
    desk.report(2, percent="30", stage="En prueba", note="Va por regiones.")
    desk.tell(STORY)

    desk.try_to_save()

    first, second = desk.row(1), desk.row(2)
    expect(first.locator(".error-message")).to_contain_text("100")
    expect(first.get_by_label("Porcentaje")).to_have_value("140")
    expect(first.get_by_label("Nota aclaratoria")).to_have_value(NOTE)
    wrong = second.locator(".error-message").filter(has_text="Deja solo uno: el porcentaje o la etapa.")
    expect(wrong).to_have_count(2)
    expect(second.get_by_label("Porcentaje")).to_have_value("30")
    expect(second.get_by_label("Etapa")).to_have_value("En prueba")
    expect(second.get_by_label("Nota aclaratoria")).to_have_value("Va por regiones.")
    expect(desk.window.locator("[data-contentpath=narrative]")).to_contain_text(STORY)
    pictures.take_part(desk.window, second, "error")


def test_refused_input_is_corrected_and_saved(people):
    desk = UpdateDesk.begin(people, "edicion-poder-ejecutivo", TITLE)
    desk.report(1, percent="140", note=NOTE)
    desk.try_to_save()
    expect(desk.row(1).locator(".error-message")).to_be_visible()

    desk.row(1).get_by_label("Porcentaje").fill("75")
    desk.save()

    desk.window.goto(desk.address)
    expect(desk.row(1).get_by_label("Porcentaje")).to_have_value("75")
    expect(desk.row(1).get_by_label("Nota aclaratoria")).to_have_value(NOTE)


def test_a_percentage_is_shown_as_understood_and_the_wheel_does_not_change_it(people):
    desk = UpdateDesk.begin(people, "edicion-poder-ejecutivo", TITLE)
    percent = desk.row(1).get_by_label("Porcentaje")
    understood = desk.row(1).locator("output")

    percent.fill("45,5")
    expect(understood).to_have_text("45.5\u00a0%")
    percent.hover()
    desk.window.mouse.wheel(0, 200)
    expect(percent).to_have_value("45,5")
    percent.fill("cuarenta")
    expect(understood).to_be_empty()


def test_a_typed_date_stays_as_it_was_typed(people):
    desk = UpdateDesk.begin(people, "edicion-poder-ejecutivo", TITLE)
    day = desk.window.get_by_label("Hasta")

    for typed in ("01/04/2026", "2026-04-01", "mañana"):
        day.fill(typed)
        day.press("Tab")

        expect(day).to_have_value(typed)
