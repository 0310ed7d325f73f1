"""An editor pastes a text with a CURP, hides it with the helper, and it is public without it."""

import random
import re

import pytest
from playwright.sync_api import Page, expect

from pages.updates.models import ProgressUpdatePage
from tests.abierto.privacy.identities import make_identity
from tests.browser_journeys.desk import NARRATIVE, UpdateDesk, approve, open_review

pytestmark = pytest.mark.browser

CURP = make_identity("curp", random.Random(3))
COMMITMENT = "Una plataforma para encontrar empleo"
TITLE = "1.1 Una plataforma para encontrar empleo"
LONG = "La plataforma " + "reúne las vacantes y las ofertas " * 7 + "del estado."
CLEAR = "La plataforma reúne las vacantes del estado."
WHO = f"La primera persona contratada tiene la CURP {CURP}."
HIDDEN = "La primera persona contratada tiene la CURP [CURP]."


def type_narrative(window: Page, text: str) -> None:
    """Replace the text of the narrative."""
    window.locator(NARRATIVE).first.click()
    window.keyboard.press("Control+A")
    window.keyboard.insert_text(text)
    expect(window.locator("input[name=narrative]")).to_have_value(re.compile(re.escape(text)))


def report(desk: UpdateDesk, text: str) -> None:
    desk.report(1, percent="80", note="Se sumaron vacantes de tres municipios.")
    desk.report(2, stage="En prueba con 40 personas")
    type_narrative(desk.window, text)


def hide_found(window: Page) -> str:
    """Hide what the helper finds in the text it was opened with; return the result."""
    expect(window.get_by_role("checkbox", name=re.compile(CURP))).to_be_checked()
    window.get_by_role("button", name="Ocultar lo marcado").click()
    result = window.locator(".redaction-result")
    expect(result).to_be_visible()
    return result.input_value()


def test_curp_is_seen_while_typing_stopped_hidden_and_never_public(people, without_autosave):
    desk = UpdateDesk.start(people.sign_in("edicion-poder-ejecutivo"), COMMITMENT)
    editor = desk.window
    note = editor.locator("[data-contentpath=narrative] .plain-language-note")

    report(desk, f"{LONG} {WHO}")
    expect(note).to_contain_text("señales")
    note.locator("summary").click()
    expect(note).to_contain_text(re.compile(r"Esta oración tiene 4\d palabras"))
    expect(note).to_contain_text(f"Quita el dato personal que empieza con «{CURP[:4]}»")

    type_narrative(editor, f"{CLEAR} {WHO}")
    expect(note).not_to_contain_text("Esta oración tiene")
    expect(note).to_contain_text("Quita el dato personal")
    desk.submit()
    expect(editor.get_by_text(f"«{CURP[:4]}»").first).to_be_visible()

    number = re.search(r"/pages/(\d+)/", desk.address)
    assert number
    note.locator("summary").click()
    with editor.expect_popup() as opened:
        note.get_by_role("button", name="Ocultar los datos de este texto").click()
    helper = opened.value
    assert hide_found(helper) == f"{CLEAR} {HIDDEN}"
    helper.get_by_role("button", name="Ponerlo en el texto de donde salió").click()
    expect(editor.locator("input[name=narrative]")).to_have_value(re.compile(re.escape(HIDDEN)))
    desk.submit()
    expect(editor.locator(".messages .success")).to_be_visible()

    reviewer = people.sign_in("revision")
    reviewer.goto("/admin/trabajo/ocultar/")
    expect(reviewer.get_by_role("main")).not_to_contain_text(CURP)
    open_review(reviewer, TITLE)
    expect(reviewer.get_by_role("main")).to_contain_text(HIDDEN)
    approve(reviewer, "Se lee bien y no dice de quién es.")
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste")

    citizen = people.citizen()
    citizen.goto(ProgressUpdatePage.objects.get(pk=number[1]).get_url())
    expect(citizen.get_by_role("main")).to_contain_text(HIDDEN)
    expect(citizen.get_by_role("main")).not_to_contain_text(CURP)
