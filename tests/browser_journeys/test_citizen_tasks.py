"""The 17 everyday tasks of a citizen, on a phone without scripts: each within three clicks of the home page.

Fifteen can be done. Two wait for another issue: see ``WAITING``.
"""

from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from django.utils import timezone
from django.utils.text import capfirst
from playwright.sync_api import Locator, Page, expect

from abierto.approval.ledger.imports import imported
from abierto.registry.models import Institution
from pages.core.formatting import month_and_year

pytestmark = pytest.mark.browser

CLICKS = 3
PHONE = {"width": 390, "height": 844}
PLAN = "Plan de Acción Local de Estado Abierto 2022–2024"
LADRILLERAS = "Vigilar las ladrilleras para respirar mejor"
MAILBOX = "buzon@ousaneg.example"


@dataclass(frozen=True)
class Task:
    """A task, the labels to click from the home page on, and what the last page must show.

    ``link`` is a link that leaves the portal: its label and a part of its address. ``file`` is a download:
    its label and a part of its text. Both count as a click. ``printed`` is on the printed page only.
    """

    name: str
    clicks: tuple[str, ...]
    seen: tuple[str, ...]
    link: tuple[str, str] | None = None
    file: tuple[str, str] | None = None
    printed: tuple[str, ...] = ()

    @property
    def click_count(self) -> int:
        return len(self.clicks) + (self.link is not None) + (self.file is not None)


TASKS = [
    Task(
        "what an institution promised",
        ("Instituciones", "Poder Judicial del Estado de Guanajuato"),
        ("Lo que prometió (2)", "Sentencias civiles, familiares y laborales", "Avance: 34 %"),
    ),
    Task(
        "how far the plan is and whether its report is late",
        (),
        (
            f"{PLAN} 42 % según el informe",
            "Al 30 de noviembre de 2023.",
            "Reporte atrasado. El plazo terminó en agosto de 2024.",
            "La última cifra es de noviembre de 2023; no conocemos un informe final.",
        ),
    ),
    Task(
        "the date and the source of a figure",
        (PLAN, LADRILLERAS),
        (
            "23 %, según el informe.",
            "Avance de cada acción al 30 de noviembre de 2023",
            "De dónde sale esta cifra",
            f"Se copió de: Primer Informe Parcial del {PLAN} 4 de diciembre de 2023",
        ),
    ),
    Task(
        "all proofs of a plan",
        (PLAN, "Todas las pruebas del plan"),
        (
            "8 pruebas con enlace. 2 mencionadas, sin enlace.",
            "Página de la Ecoapp",
            "smaot.guanajuato.gob.mx",
        ),
    ),
    Task(
        "what changed this month",
        ("Todo lo que cambió, por mes",),
        (
            capfirst(month_and_year(timezone.localdate())),
            "Copiada de un documento publicado.",
            "Versión pública",
        ),
    ),
    Task(
        "who answers for a commitment and how to write to it",
        (PLAN, LADRILLERAS, "OUSANEG"),
        ("Dra. Rebeca Monroy Torres", "Presidente Fundadora del OUSANEG", MAILBOX, "Unidad de transparencia"),
    ),
    Task(
        "what a word means",
        ("Glosario", "C"),
        ("cocreación Diseñar una solución entre gobierno y sociedad, desde el principio.",),
    ),
    Task(
        "share a commitment with its figure",
        (PLAN, LADRILLERAS),
        ("Enlace permanente:", "/compromiso/pal-2022-2024/1.5/"),
        link=("Enviar por WhatsApp", f"1.5 {LADRILLERAS}: 23 %, al 30 de noviembre de 2023. http"),
    ),
    Task(
        "download the table of a plan",
        (PLAN,),
        ("Los compromisos (13)",),
        file=("Bajar en CSV", LADRILLERAS),
    ),
    Task(
        "print a commitment",
        (PLAN, LADRILLERAS),
        ("Cómo citar",),
        printed=("23 %, según el informe.", "Impreso el", "/compromiso/pal-2022-2024/1.5/"),
    ),
    Task(
        "filter the list and clear the filters",
        (PLAN, "Sin prueba (5)", "Quitar los filtros"),
        ("Los compromisos (13)", LADRILLERAS, "Infografías y buscador de resoluciones electorales"),
    ),
    Task(
        "the secretariat of a town, on its own pages",
        ("Municipios", "Coroneo", "Secretariado Técnico Municipal de Coroneo"),
        ("Gobierno abierto municipal", "Instalado el 30 de agosto de 2022.", "Su periodo terminó en 2024."),
    ),
    Task(
        "what happened in a session",
        ("Gobierno abierto", "Ver el secretariado de 2022–2024", "Cuarta Sesión Ordinaria 2023"),
        ("4 de diciembre de 2023, 11:00", "Orden del día", "No conocemos los acuerdos de esta sesión."),
    ),
    Task(
        "what the declaration says",
        ("Gobierno abierto", "Leer la declaración de 2017"),
        ("22 de junio de 2017", "Los planes tienen catorce fines.", "Follow the Money"),
    ),
    Task(
        "read a ruling in plain language",
        ("Sentencias", "Sentencias del Poder Judicial", "La corrieron por estar embarazada y le pagan"),
        ("Firme.", "Qué pasó", "A los tres días la corrieron.", "Qué se decidió"),
    ),
]

#: The tasks that cannot be done yet: the issue that brings each, and the link that the home page will have.
WAITING = {
    "report an error with a form": ("after F, not filed yet", "Avisar de un error"),
    "follow a commitment by e-mail": ("after F, not filed yet", "Seguir por correo"),
}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_ends_within_three_clicks_without_scripts(visitors, task):
    if MAILBOX in task.seen:
        publish_mailbox()
    page = visitors.open(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    for label in task.clicks:
        with page.expect_navigation():
            find_link(page, label).click()

    assert find_missing(page, task.seen) == []
    if task.link:
        label, words = task.link
        assert words in collapse(unquote(find_link(page, label).get_attribute("href")))
    if task.file:
        label, words = task.file
        with page.expect_download() as download:
            find_link(page, label).click()
        assert words in download.value.path().read_text(encoding="utf-8")
    if task.printed:
        page.emulate_media(media="print")
        assert find_missing(page, task.printed) == []
        expect(page.locator(".printed svg")).to_be_visible()
    assert task.click_count <= CLICKS


def test_a_task_is_waiting_only_until_the_home_page_leads_to_it(visitors):
    page = visitors.open(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    # What is found here has come: it belongs in ``TASKS``.
    assert [task for task, (_issue, label) in WAITING.items() if find_link(page, label).count()] == []


def publish_mailbox() -> None:
    """Give the institution of a commitment a mailbox: no document of the demo does."""
    institution = Institution.objects.get(acronym="OUSANEG")
    institution.email = MAILBOX
    with imported("Prueba"):
        institution.save()


def find_link(page: Page, label: str) -> Locator:
    """Return the first link with exactly this label."""
    return page.get_by_role("link", name=label, exact=True).first


def find_missing(page: Page, expected: tuple[str, ...]) -> list[str]:
    """Return the expected words that the page does not show: collapsed and hidden text does not count."""
    shown = collapse(page.locator("body").inner_text()).casefold()  # styles may put titles in capitals
    return [words for words in expected if words.casefold() not in shown]


def collapse(text: str) -> str:
    """Return the text with single spaces, also where a space does not break."""
    return " ".join(text.split())
