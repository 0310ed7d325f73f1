"""A table pasted from Word into a text keeps its cells apart."""

import pytest
from playwright.sync_api import expect

from pages.updates.models import ProgressUpdatePage

pytestmark = pytest.mark.browser

PASTED = """
<p>Antes</p>
<table class="MsoNormalTable"><tr><td><p>Municipio</p></td><td><p>Solicitudes</p></td></tr>
<tr><td><p>Le&oacute;n</p></td><td><p>1,200</p></td></tr></table>
<p>Despu&eacute;s</p>
"""
PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "Antes");
  field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}"""


def test_the_cells_of_a_pasted_table_are_kept_apart(people, without_autosave):
    update = ProgressUpdatePage.objects.filter(live=True).order_by("pk").first()
    page = people.sign_in("administracion")
    page.goto(f"/admin/pages/{update.pk}/edit/")
    field = page.locator("[data-contentpath=narrative] [contenteditable=true]").first
    field.click()
    page.keyboard.press("Control+A")

    field.evaluate(PASTE, PASTED)

    for line in ("Antes", "Municipio | Solicitudes", "León | 1,200", "Después"):
        expect(field.get_by_text(line, exact=True)).to_be_visible()
