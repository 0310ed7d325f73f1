"""An institution's editor sees and edits only the commitments of her institution."""

import pytest
from playwright.sync_api import expect

from pages.plans.commitments import CommitmentPage
from tests.browser_journeys.public_urls import PLAN

pytestmark = pytest.mark.browser

EDITOR = "edicion-poder-judicial"
HERS, NOT_HERS = "Sentencias civiles, familiares y laborales que se entienden", "Apoyo psicológico por chat"


def key_of(title: str) -> int:
    """Return the key of a commitment of the plan of 2022–2024."""
    return CommitmentPage.objects.live().get(title=title, url_path__contains=PLAN).pk


def test_an_editor_sees_only_her_commitments_and_starts_updates_of_them(people, pictures):
    window = people.citizen(viewport={"width": 640, "height": 720})
    window.goto("/admin/")
    pictures.take(window, "entrar")
    editor = people.sign_in(EDITOR)
    editor.get_by_role("link", name="Compromisos", exact=True).click()
    listed = editor.get_by_role("row").filter(has=editor.get_by_role("link", name="Reportar avance"))
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(HERS)
    expect(editor.get_by_role("table")).not_to_contain_text("Poder Ejecutivo")
    pictures.take(editor, "compromisos")

    listed.get_by_role("link", name="Reportar avance").click()
    expect(editor.get_by_label("Desde")).to_have_value("01/12/2023")
    pictures.take(editor, "reportar-avance")


def test_urls_of_another_institution_are_404s(people):
    editor = people.sign_in(EDITOR)
    own, other = key_of(HERS), key_of(NOT_HERS)
    assert editor.goto(f"/admin/pages/{own}/edit/").ok
    expect(editor.get_by_role("button", name="Guardar borrador")).to_be_visible()
    assert editor.goto(f"/admin/compromisos/{own}/reportar/").ok

    for address in ("compromisos/{}/reportar/", "pages/{}/edit/", "pages/{}/history/"):
        assert editor.goto("/admin/" + address.format(other)).status == 404, address
        assert NOT_HERS not in editor.content()
    editor.goto(f"/admin/avances/?q={NOT_HERS}")
    expect(editor.get_by_role("row").filter(has_text=NOT_HERS)).to_have_count(0)
