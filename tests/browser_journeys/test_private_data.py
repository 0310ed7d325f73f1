"""An editor pastes a text with a CURP, hides it with the helper, and it is public without it."""

import json
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
WHO = f"La primera persona contratada tiene la CURP {CURP}, y ya trabaja en León."
HIDDEN = "La primera persona contratada tiene la CURP [CURP], y ya trabaja en León."
LINKS = {"vacantes": "https://example.org/vacantes", CURP: "mailto:a@example.org"}


def type_narrative(window: Page, text: str) -> None:
    """Replace the text of the narrative."""
    window.locator(NARRATIVE).first.click()
    window.keyboard.press("Control+A")
    window.keyboard.insert_text(text)
    expect(window.locator("input[name=narrative]")).to_have_value(re.compile(re.escape(text)))


def format_narrative(window: Page, bold: str, links: dict[str, str]) -> None:
    """Make words of the narrative bold, and give others a link."""
    window.evaluate(
        """([bold, links]) => {
            const input = document.querySelector("input[name=narrative]");
            const content = JSON.parse(input.value);
            const [block] = content.blocks;
            const place = (words) => ({ offset: block.text.indexOf(words), length: words.length });
            block.inlineStyleRanges = [{ ...place(bold), style: "BOLD" }];
            block.entityRanges = Object.keys(links).map((words, key) => ({ ...place(words), key }));
            const link = (url) => ({ type: "LINK", mutability: "MUTABLE", data: { url } });
            content.entityMap = Object.values(links).map(link);
            input.draftailEditor.onChange(window.Draftail.createEditorStateFromRaw(content));
        }""",
        [bold, links],
    )
    expect(window.locator("input[name=narrative]")).to_have_value(re.compile("BOLD"))


def read_format(window: Page) -> tuple[list[str], list[str]]:
    """Return the words of the narrative that are bold, and those with a link."""
    [block] = json.loads(window.locator("input[name=narrative]").input_value())["blocks"]

    def words(ranges) -> list[str]:
        return [block["text"][one["offset"] : one["offset"] + one["length"]] for one in ranges]

    return words(block["inlineStyleRanges"]), words(block["entityRanges"])


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
    format_narrative(editor, "en León", LINKS)
    desk.submit()
    expect(editor.get_by_text(f"«{CURP[:4]}»").first).to_be_visible()

    number = re.search(r"/pages/(\d+)/", desk.address)
    assert number
    refusal = editor.locator("[data-contentpath=narrative] [data-field-errors]")
    with editor.expect_popup() as opened:
        refusal.get_by_role("button", name="Ocultar los datos de este texto").click()
    helper = opened.value
    assert hide_found(helper) == f"{CLEAR} {HIDDEN}"
    back = helper.get_by_role("button", name="Ponerlo en el texto de donde salió")
    with helper.expect_event("close"):
        # A click would wait for its window, which closes itself meanwhile.
        back.evaluate("button => setTimeout(() => button.click())")
    expect(editor.locator("input[name=narrative]")).to_have_value(re.compile(re.escape(HIDDEN)))
    assert read_format(editor) == (["en León"], ["vacantes"])
    expect(editor.get_by_text("Se quitaron los enlaces de las palabras ocultas.")).to_be_visible()
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
