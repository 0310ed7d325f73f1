"""A plan from Excel to the public by two people, a batch that is undone, and cells pasted into the grid."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from abierto.imports.models import ImportBatch
from abierto.imports.services import WORK
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanIndexPage
from tests.abierto.imports.uploads import make_workbook
from tests.factories import PlanPageFactory, published

pytestmark = pytest.mark.browser

TEAM, REVIEWER, REPORTER = "administracion", "revision", "edicion-poder-ejecutivo"
CODES = [(axis, f"{axis}.{number}") for axis in "123" for number in (1, 2)]
PASTE = """(cell, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}"""


def build_rows() -> dict[str, list[dict]]:
    """Return three axes with two commitments of three actions each."""
    return {
        "Ejes": [{"code": axis, "title": f"Eje de prueba {axis}"} for axis in "123"],
        "Compromisos": [
            {"axis": axis, "code": code, "title": f"Compromiso traído {code}"} for axis, code in CODES
        ],
        "Acciones": [
            {"commitment": code, "number": number, "title": f"Acción {code} {number}"}
            for _axis, code in CODES
            for number in (1, 2, 3)
        ],
        "Metas": [{"commitment": "1.1", "target": "16,6"}],
    }


def bring(window: Page, folder: Path, plan: str, rows: dict[str, list[dict]]) -> None:
    """Upload a workbook and let the command check it."""
    book = folder / "plan.xlsx"
    book.write_bytes(make_workbook(rows, "plan"))
    window.goto(reverse("imports:upload", args=["plan"]))
    target = window.locator("#id_target option").filter(has_text=plan).get_attribute("value")
    window.locator("#id_target").select_option(target)
    window.get_by_label("Hoja de cálculo").set_input_files(book)
    window.get_by_role("button", name="Revisar los renglones").click()
    finish_step(window)


def finish_step(window: Page) -> None:
    """Let the command do what waits; the screen follows by itself."""
    expect(window.get_by_role("progressbar")).to_be_visible()
    WORK.run()
    expect(window.get_by_role("progressbar")).to_have_count(0)


def test_a_plan_from_excel_to_the_public_and_an_undo(people, without_autosave, tmp_path):
    index = PlanIndexPage.objects.source_language().first()
    plan = published(PlanPageFactory(parent=index, title="Plan traído de Excel", slug="plan-de-excel"))
    team = people.sign_in(TEAM)

    bring(team, tmp_path, plan.title, build_rows())
    main = team.get_by_role("main")
    expect(main).to_contain_text("«16,6» se lee como la meta 16.6.")
    team.get_by_role("button", name="Cargar como borradores").click()
    finish_step(team)
    team.get_by_role("link", name="Un plan completo · lote").click()
    team.get_by_role("button", name="Enviar a revisión").click()
    expect(team.locator(".messages .success")).to_be_visible()

    reviewer, citizen = people.sign_in(REVIEWER), people.citizen()
    reviewer.goto(reverse("bundles:detail", args=[ImportBatch.objects.get().bundles.get().pk]))
    reviewer.get_by_role("button", name="Aprobar el paquete").click()
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste")
    commitment = CommitmentPage.objects.get(title="Compromiso traído 3.2")
    citizen.goto(commitment.get_url())
    expect(citizen.get_by_role("main")).to_contain_text("Acción 3.2 3")

    bring(team, tmp_path, plan.title, build_rows())
    expect(main).to_contain_text("La hoja no cambia nada")
    bring(team, tmp_path, plan.title, {"Ejes": [{"code": "4", "title": "Eje que sobra"}]})
    team.get_by_role("button", name="Cargar como borradores").click()
    finish_step(team)
    assert AxisPage.objects.child_of(plan).count() == 4
    team.get_by_role("button", name="Deshacer el lote").click()
    finish_step(team)
    expect(team.get_by_role("status").last).to_contain_text("Deshecho")
    assert AxisPage.objects.child_of(plan).count() == 3

    paste_into_the_grid(people.sign_in(REPORTER))


def paste_into_the_grid(window: Page) -> None:
    """Paste two rows of Excel, and move between cells with the keyboard."""
    window.goto(reverse("dashboard:grid"))
    percents, stages = (window.locator(f"[name$=-{name}]") for name in ("percent", "stage"))
    percents.first.evaluate(PASTE, '45\t\t"Dos\nlíneas"\r\n\tEn pruebas\r\n')

    expect(percents.first).to_have_value("45")
    expect(window.locator("[name$=-note]").first).to_have_value("Dos\nlíneas")
    expect(stages.nth(1)).to_have_value("En pruebas")
    expect(window.locator("[data-grid-status]")).to_have_text("Celdas que se llenaron: 5.")
    percents.first.press("Enter")
    expect(percents.nth(1)).to_be_focused()
    percents.nth(1).press("ArrowRight")
    expect(stages.nth(1)).to_be_focused()
    stages.nth(1).press("ArrowUp")
    expect(stages.first).to_be_focused()
