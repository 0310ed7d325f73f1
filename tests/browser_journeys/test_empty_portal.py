"""From an empty portal to the first published update of an institution, by four people.

They follow what the screens and their letters say: the links of the letters, the first steps on the front
page, and the names of menus and buttons.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page, expect

from abierto.accounts.totp import code_at, seconds_left
from tests import sqlite
from tests.browser_journeys.people import NEARLY_OVER

pytestmark = pytest.mark.browser

PASSWORD = "una-clave-larga-27"
INSTITUTION, PLAN, COMMITMENT = "Instituto del Agua", "Plan de acción 2026-2028", "Medir las fugas de agua"
EDITS, REVIEWS = "Edita: escribe y reporta avance", "Revisa: aprueba lo que otra persona escribió"


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings) -> None:
    """Give the test folders of its own, without the content of the demo."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    cache.clear()


@pytest.fixture
def transactional_db(django_db_setup, sqlite_database, django_db_blocker) -> Iterator[None]:
    """Start with a freshly migrated database, as ``run.py --empty`` prepares it."""
    if sqlite_database is None:
        pytest.skip("Los recorridos del navegador usan SQLite.")
    with django_db_blocker.unblock():
        sqlite.copy_database(sqlite.template(), sqlite_database)
        call_command("empty_portal", verbosity=0)
        yield
        sqlite.copy_database(sqlite.template(), sqlite_database)


@pytest.fixture
def portal_address(transactional_db, live_server, settings) -> None:
    """Let the letters lead to the server of the test."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url


@dataclass
class Person:
    """The address and the window of one of the four people."""

    address: str
    window: Page

    def find_link(self, subject: str) -> str:
        """Return the one link of the last letter about ``subject``, or the first of several."""
        own = [letter for letter in mail.outbox if self.address in letter.to and subject in letter.subject]
        return re.findall(r"https?://\S+", str(own[-1].body))[0]

    def accept_invitation(self) -> None:
        """Choose a password with the link of the first letter."""
        self.window.goto(self.find_link("Tu cuenta en el portal"))
        self.window.get_by_label("Contraseña nueva", exact=True).fill(PASSWORD)
        self.window.get_by_label("Contraseña nueva, otra vez").fill(PASSWORD)
        self.window.get_by_role("button", name="Guardar").click()

    def set_up_codes(self) -> None:
        """Set up the second factor that the screen asks for."""
        expect(self.window.get_by_text("Antes de seguir, pon un segundo paso")).to_be_visible()
        self.window.get_by_role("link", name="Poner una aplicación").click()
        secret = self.window.locator(".secret").inner_text()
        if seconds_left() < NEARLY_OVER:
            self.window.wait_for_timeout(NEARLY_OVER * 1000)
        self.window.get_by_label("Código").fill(code_at(secret))
        self.window.get_by_role("button", name="Activar").click()
        self.window.get_by_role("link", name="Ya los guardé").click()
        expect(self.window.locator(".sidebar-main-menu")).to_be_visible()

    def open_step(self, name: str) -> None:
        """Open one of the first steps from the front page."""
        self.window.goto("/admin/")
        self.window.locator("#primeros-pasos-section").get_by_role("link", name=name).click()

    def save(self) -> None:
        with self.window.expect_navigation(wait_until="domcontentloaded"):
            self.window.get_by_role("button", name="Guardar borrador").click()
        self.expect_message("")

    def send(self) -> None:
        self.window.get_by_role("button", name="Enviar a revisión").click()
        self.expect_message("a revisión")

    def expect_message(self, text: str) -> None:
        expect(self.window.locator(".messages .success")).to_contain_text(text)

    def open_review(self, title: str) -> None:
        """Open a waiting review from the front page."""
        self.window.goto("/admin/")
        waiting = self.window.locator("#por-revisar-section")
        waiting.get_by_role("link", name=title).first.click()

    def approve(self, button: str = "Aprobar y publicar") -> None:
        self.window.get_by_role("button", name=button).click()
        self.expect_message("Aprobaste")


def add_institution(ana: Person, eva: Person) -> None:
    ana.open_step("Agrega la institución que reportará")
    ana.window.get_by_role("textbox", name="Nombre*").fill(INSTITUTION)
    ana.window.get_by_label("Siglas").fill("IDEA")
    ana.window.get_by_label("Tipo").select_option(label="Poder Ejecutivo")
    ana.save()
    ana.send()
    eva.open_review(INSTITUTION)
    eva.approve()


def make_space(ana: Person, eva: Person, people: dict[str, tuple[Person, str]]) -> None:
    """Invite the people of the institution; the other administrator confirms who reviews."""
    ana.open_step("Haz su espacio")
    ana.window.get_by_role("combobox", name="Institución").select_option(label=INSTITUTION)
    for number, (name, (person, role)) in enumerate(people.items(), start=1):
        row = ana.window.get_by_role("group", name=f"Persona {number}")
        row.get_by_label("Nombre").fill(name)
        row.get_by_label("Correo").fill(person.address)
        row.get_by_label("Papel").select_option(label=role)
    ana.window.get_by_role("button", name="Crear el espacio").click()
    ana.expect_message("quedó hecho")
    eva.window.goto(eva.find_link("Cambió quién decide"))
    eva.window.get_by_role("button", name="Confirmar a rita@example.org").click()
    eva.expect_message("Confirmaste a Rita")


def publish_plan(ana: Person, eva: Person) -> None:
    ana.open_step("Agrega la lista de planes")
    ana.window.locator("#id_title").fill("Planes")
    ana.save()
    ana.send()
    eva.open_review("Planes")
    eva.approve()

    ana.open_step("Agrega el primer plan")
    ana.window.locator("#id_title").fill(PLAN)
    for name, day in (("Inicio", "01/01/2026"), ("Meta", "31/12/2028")):
        ana.window.get_by_role("textbox", name=name, exact=True).fill(day)
        ana.window.keyboard.press("Escape")
    ana.save()
    write_outline(ana)
    name_responsible(ana)

    ana.open_step("Envía el plan completo")
    ana.window.get_by_role("link", name="Enviar los borradores a revisión").click()
    ana.send()
    eva.open_review(PLAN)
    eva.approve("Aprobar el paquete")


def write_outline(ana: Person) -> None:
    ana.open_step("Escribe su esquema")
    for button, label, title in (
        ("Agregar eje", "Título: Eje 1", "Agua para todas las personas"),
        ("Agregar compromiso", "Título: Compromiso 1.1", COMMITMENT),
        ("Agregar acción", "Título: Acción 1", "Instalar medidores"),
    ):
        ana.window.get_by_role("button", name=button).click()
        expect(ana.window.get_by_label(label, exact=True)).to_be_focused()
        ana.window.keyboard.type(title)
    ana.window.get_by_role("button", name="Guardar el esquema").last.click()
    ana.expect_message("Se guardó el esquema")


def name_responsible(ana: Person) -> None:
    """Add the responsible institution to the commitment, which it gets when that is public."""
    ana.window.get_by_role("link", name="Abrir: Compromiso 1.1").click()
    ana.window.get_by_role("tab", name="Partes").click()
    parties = ana.window.locator("#tab-partes")
    parties.get_by_role("button", name="Agregar: parte").click()
    parties.get_by_role("button", name="Elegir: institución").click()
    ana.window.locator(".modal-body").get_by_role("link", name=INSTITUTION).click()
    expect(ana.window.locator(".modal-body")).to_have_count(0)
    ana.save()
    ana.window.get_by_role("tab", name="Partes").click()
    expect(parties).to_contain_text(f"Al publicarse pasa a «{INSTITUTION}»")


def report_progress(editor: Person) -> None:
    """Report on the commitment in the grid."""
    editor.accept_invitation()
    editor.window.get_by_role("link", name="Reportar todos mis compromisos").click()
    editor.window.get_by_label("Cifra nueva").fill("25 %")
    editor.window.get_by_label("Nota", exact=True).fill("Se instalaron los primeros medidores.")
    editor.window.get_by_label("Prueba: título").fill("Lista de medidores")
    editor.window.get_by_label("Prueba: dirección").fill("www.example.org/medidores")
    editor.window.get_by_role("button", name="Enviar este compromiso").click()
    editor.expect_message("se envió a revisión")


def test_four_people_publish_the_first_update_of_an_institution(visitors, portal_address):
    for address, name in (("ana@example.org", "Ana"), ("eva@example.org", "Eva")):
        call_command("invite_administrator", address, name=name, verbosity=0)
    ana, eva, edi, rita = (
        Person(f"{name}@example.org", visitors.open()) for name in ("ana", "eva", "edi", "rita")
    )
    for administrator in (ana, eva):
        administrator.accept_invitation()
        administrator.set_up_codes()

    add_institution(ana, eva)
    make_space(ana, eva, {"Edi": (edi, EDITS), "Rita": (rita, REVIEWS)})
    publish_plan(ana, eva)
    report_progress(edi)

    rita.accept_invitation()
    rita.set_up_codes()
    rita.window.goto(rita.find_link("Para revisar"))
    rita.approve()

    visitor = visitors.open()
    visitor.goto(edi.find_link("Se aprobó"))
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Reporte de enero a marzo de 2026")
    expect(visitor.locator("main")).to_contain_text("Se instalaron los primeros medidores.")
    expect(visitor.locator("main")).to_contain_text("25 %")
    ana.window.goto("/admin/")
    expect(ana.window.locator("#primeros-pasos-section")).to_have_count(0)
