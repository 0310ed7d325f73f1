"""A clerk loads rulings: stopped by a CURP, reviewed by another person, public, revoked, undone."""

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.services import WORK
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from tests.abierto.privacy.identities import make_identity
from tests.abierto.ruling_desk.court import make_sheet, pdf
from tests.abierto.spreadsheets.books import make_zip
from tests.browser_journeys.desk import approve, open_review, send

pytestmark = pytest.mark.browser

CURP = make_identity("curp", random.Random(3))
CLERK, REVIEWER = "edicion-tja", "revision"
UPLOAD = "/admin/trabajo/sentencias/lotes/nuevo/"
DOWNLOAD = re.compile(r"/documents/\d+/801\.pdf$")
FIRST = {
    "case_number": "TJA-801/2024", "title": "La multa del puesto no decía por qué", "file": "801.pdf",
    "decision": "La multa no vale.", "decided_on": "14/02/2024", "finality": "Firme",
    "anonymized_by": f"{CLERK}@example.org", "names_reviewed_by": f"{REVIEWER}@example.org",
    "what_happened": "La multa llegó sin aviso. Ella fue al tribunal.",
    "what_was_decided": "La multa no vale.", "why": "Antes de una multa te deben oír.",
    "what_next": "Le dan de vuelta su dinero.",
}  # fmt: skip
SECOND = {
    **FIRST,
    "case_number": "TJA-802/2024",
    "title": "El Pleno revisa la multa del puesto",
    "file": "802.pdf",
}
SIZES = {"telefono": {"width": 390, "height": 844}, "escritorio": {"width": 1280, "height": 900}}


def upload(window: Page, folder: Path, rows: list[dict], files: dict[str, bytes]) -> RulingBatch:
    """Upload a spreadsheet with its files, let the command check it, and look at the result."""
    sheet, archive = folder / "lote.xlsx", folder / "archivos.zip"
    sheet.write_bytes(make_sheet(rows).getvalue())
    archive.write_bytes(make_zip(files).getvalue())
    window.goto(UPLOAD)
    window.get_by_label("Hoja de cálculo").set_input_files(sheet)
    if files:
        window.get_by_label("Archivos en un ZIP").set_input_files(archive)
    window.get_by_role("button", name="Revisar los renglones").click()
    return finish_step(window)


def finish_step(window: Page) -> RulingBatch:
    """Let the command do what waits; the screen follows by itself."""
    expect(window.get_by_role("progressbar")).to_be_visible()
    WORK.run()
    expect(window.get_by_role("progressbar")).to_have_count(0)
    return RulingBatch.objects.first()


def look(window: Page, name: str, folder: Path) -> None:
    """Take the screen at both sizes; nothing is wider than the window."""
    for size, viewport in SIZES.items():
        window.set_viewport_size(viewport)
        window.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert window.evaluate(overflow) <= 0, f"{name} at {size}"


def test_rulings_from_a_spreadsheet_to_the_public_and_back(people, without_autosave, tmp_path):
    clerk = people.sign_in(CLERK)
    files = {"801.pdf": pdf(f"La actora, CURP {CURP}, gana."), "802.pdf": pdf("Se resuelve.")}

    upload(clerk, tmp_path, [FIRST, SECOND], files)
    main = clerk.get_by_role("main")
    expect(main).to_contain_text("quita el dato personal")
    expect(main).not_to_contain_text(CURP)
    assert not RulingPage.objects.filter(case_number__startswith="TJA-80").exists()
    look(clerk, "curp", tmp_path)

    upload(clerk, tmp_path, [FIRST, SECOND], {**files, "801.pdf": pdf("La actora gana.")})
    look(clerk, "revisado", tmp_path)
    clerk.get_by_role("button", name="Cargar como borradores").click()
    batch = finish_step(clerk)
    look(clerk, "cargado", tmp_path)
    clerk.get_by_role("link", name="Sentencias de febrero de 2024").click()
    clerk.get_by_role("button", name="Enviar a revisión").click()
    expect(clerk.locator(".messages .success")).to_be_visible()
    clerk.goto("/admin/trabajo/sentencias/?missing=lenguaje-claro")
    expect(clerk.get_by_role("row").filter(has_text="TJA-801/2024")).to_contain_text("En revisión")
    look(clerk, "mesa", tmp_path)

    reviewer, citizen = people.sign_in(REVIEWER), people.citizen()
    reviewer.goto(f"/admin/trabajo/paquetes/{batch.bundles.get().pk}/")
    reviewer.get_by_role("button", name="Aprobar el paquete").click()
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste")
    first, second = (RulingPage.objects.get(case_number=f"TJA-80{n}/2024") for n in (1, 2))
    citizen.goto(first.get_url())
    expect(citizen.get_by_role("main")).to_contain_text("La multa llegó sin aviso.")
    expect(citizen.get_by_role("main")).to_contain_text("La actora gana.")  # the text of its file
    expect(citizen.get_by_role("link", name="Bajar el archivo")).to_have_attribute("href", DOWNLOAD)

    revoke(clerk, reviewer, first, tmp_path)
    citizen.goto(first.get_url())
    expect(citizen.get_by_role("main")).to_contain_text("Revocada")

    withdraw(reviewer, second)
    assert citizen.goto(second.get_url()).status == 410

    read_words_and_citation(citizen)
    load_forty_and_undo(clerk, tmp_path)


def revoke(clerk: Page, reviewer: Page, ruling: RulingPage, folder: Path) -> None:
    """Change the state of a public ruling; another person approves it."""
    clerk.goto(f"/admin/pages/{ruling.pk}/edit/")
    look(clerk, "pasos", folder)
    clerk.get_by_label("¿Es firme?").select_option(label="Revocada")
    clerk.get_by_label("Desde cuándo").fill("01/06/2024")
    clerk.get_by_label("Por qué", exact=True).fill("El Pleno vio que la boleta sí decía el artículo.")
    send(clerk)
    expect(clerk.locator(".messages .success")).to_be_visible()
    open_review(reviewer, ruling.title)
    approve(reviewer, "Coincide con la decisión del Pleno.")
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste")


def withdraw(reviewer: Page, ruling: RulingPage) -> None:
    """Take a public ruling down with its parts, for a reason."""
    reviewer.goto(f"/admin/pages/{ruling.pk}/unpublish/")
    reviewer.get_by_role("button", name="Sí, retirar").click()
    reviewer.get_by_label("Motivo").fill("Se publicó un documento que no correspondía.")
    reviewer.get_by_role("button", name="Retirar", exact=True).click()
    expect(reviewer.locator(".messages .success")).to_be_visible()


def read_words_and_citation(citizen: Page) -> None:
    """Hide the definition of a word with Escape, and copy the citation."""
    citizen.goto("/sentencias/poder-judicial/divorcio-sin-culpa/")
    word = citizen.locator(".term[data-definition]").first
    definition = "element => getComputedStyle(element, '::after').content"
    word.focus()
    assert word.evaluate(definition) != "none"
    citizen.keyboard.press("Escape")
    assert word.evaluate(definition) == "none"
    expect(citizen.get_by_role("button", name="Copiar la cita")).to_be_visible()


def load_forty_and_undo(clerk: Page, folder: Path) -> None:
    """Load 40 rulings after three bad rows are corrected, and undo them."""
    index = RulingIndexPage.objects.get(slug="justicia-administrativa", alias_of=None)
    before = index.get_descendants().count()
    rows = [
        {"case_number": f"{n}/2020", "title": f"Caso {n}", "decided_on": "14/02/2020"}
        for n in range(901, 941)
    ]
    wrong = [dict(row) for row in rows]
    wrong[4]["decided_on"], wrong[9]["matter"], wrong[20]["case_number"] = (
        "14/02/2999",
        "Agraria",
        "TJA-901/20",
    )

    upload(clerk, folder, wrong, {})
    expect(clerk.get_by_role("row")).to_have_count(4)  # one is the headings
    look(clerk, "errores", folder)
    upload(clerk, folder, rows, {})
    clerk.get_by_role("button", name="Cargar como borradores").click()
    finish_step(clerk)
    assert index.get_descendants().count() == before + len(rows)
    clerk.get_by_role("button", name="Deshacer el lote").click()
    finish_step(clerk)
    expect(clerk.get_by_role("status").last).to_contain_text("Deshecho")
    assert index.get_descendants().count() == before
