"""An editor sees while typing what costs to read, and sees it go when the text is mended."""

import re

import pytest
from playwright.sync_api import expect

from pages.updates.models import ProgressUpdatePage

pytestmark = pytest.mark.browser

LONG = "El informe " + "y el padrón " * 13 + "ya están."
MARKED = "[...(CSS.highlights.get('plain-language-warning') ?? [])].map((range) => range.toString())"


def test_long_sentence_is_shown_and_marked_while_typing_until_it_is_mended(people, without_autosave):
    update = ProgressUpdatePage.objects.filter(live=True).order_by("pk").first()
    page = people.sign_in("administracion")
    page.goto(f"/admin/pages/{update.pk}/edit/")
    field = page.locator("[data-contentpath=narrative]")
    text = field.locator("[contenteditable=true]").first
    note = field.locator(".plain-language-note")

    text.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(f"{LONG} El acta fue aprobada.")
    expect(note).to_contain_text("3 señales")
    note.locator("summary").click()

    expect(note).to_contain_text("Esta oración tiene 43 palabras")
    expect(note).to_contain_text("fue aprobada")
    assert page.evaluate(MARKED) == [LONG]
    page.get_by_role("button", name=re.compile("comprobaciones|revisiones|checks", re.I)).first.click()
    expect(page.locator("[data-plain-language-score]").first).to_have_text(re.compile(r"\d+ · "))

    text.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Se aprobó el acta.")

    expect(note).not_to_contain_text("señales")
    expect(note).to_contain_text("muy fácil")
    assert page.evaluate(MARKED) == []
