"""A quarter of three people: a late reminder, two editors of one report, one decision about all pages."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from tests.browser_journeys.desk import UpdateDesk, approve, open_review, send
from tests.browser_journeys.public_urls import PLAN
from tests.browser_journeys.test_update import findings

pytestmark = pytest.mark.browser

EDITOR, TEAM, REVIEWER = "edicion-poder-ejecutivo", "administracion", "revision"
EMPLOYMENT, CHAT = "Una plataforma para encontrar empleo", "Apoyo psicológico por chat"
BUNDLE = "Diciembre de 2023 a marzo de 2024"
BOTH = (EMPLOYMENT, CHAT)
LATE_DAY = "30 de marzo de 2024"
GIVEN_BACK = "Falta contar a cuántas personas se atendió."


def remind() -> list[mail.EmailMessage]:
    """Send today's reminders, and return the e-mails."""
    before = len(mail.outbox)
    call_command("remind", verbosity=0)
    return mail.outbox[before:]


def addresses() -> None:
    """Give the demo accounts their missing e-mail addresses."""
    for username in (EDITOR, TEAM, REVIEWER):
        User.objects.filter(username=username).update(email=f"{username}@example.org")


def late(letters: list[mail.EmailMessage]) -> mail.EmailMessage:
    """Return the editor's e-mail about late reports."""
    (letter,) = [email for email in letters if f"{EDITOR}@example.org" in email.recipients()]
    return letter


def report_from_the_email(window: Page, letter: mail.EmailMessage, commitment: str) -> UpdateDesk:
    """Follow the link of the e-mail, and start a report from its list."""
    (address,) = re.findall(r"https?://[^/\s]+(/\S+)", letter.body)
    window.goto(address)
    row = window.get_by_role("row").filter(has_text=commitment)
    expect(row).to_contain_text(LATE_DAY)
    expect(row).to_contain_text("Atrasado")
    row.get_by_role("link", name=commitment).click()
    window.get_by_role("button", name="Empezar el avance").click()
    expect(window.get_by_text("quedó como borrador")).to_be_visible()
    return UpdateDesk(window)


def collide(desk: UpdateDesk, other: Page) -> None:
    """Let another user save her text over an outdated version, and combine."""
    other.goto(desk.address)
    desk.report(1, percent="80", note="Se sumaron vacantes.")
    desk.save()
    second_desk = UpdateDesk(other)
    second_desk.tell("Se abrió una bolsa de trabajo para las artesanas.")
    second_desk.try_to_save()
    expect(other.get_by_role("heading", name="Dos versiones a la vez")).to_be_visible()
    other.get_by_role("button", name="Combinar").click()
    expect(second_desk.row(1).get_by_label("Nota aclaratoria")).to_have_value("Se sumaron vacantes.")


def bundle(window: Page) -> None:
    """Submit both reports as a bundle."""
    window.goto("/admin/trabajo/paquetes/nuevo/")
    window.get_by_label("Nombre").fill(BUNDLE)
    for commitment in BOTH:
        window.get_by_label(commitment).check()
    window.get_by_label("Nota").fill("Los dos reportes del periodo.")
    window.get_by_role("button", name="Enviar a revisión").click()
    expect(window.locator(".messages")).to_contain_text("se envió a revisión")


def open_bundle(window: Page) -> None:
    """Find the bundle in the list."""
    window.goto("/admin/trabajo/paquetes/")
    window.get_by_role("link", name=BUNDLE).click()


def figures(citizen: Page) -> dict[str, str]:
    """Return the public figure of each commitment."""
    found = {}
    for commitment in BOTH:
        citizen.goto(CommitmentPage.objects.get(title=commitment).url)
        found[commitment] = citizen.locator(".plaque").first.inner_text()
    return found


@pytest.mark.usefixtures("without_autosave")
def test_a_quarter_from_the_late_reminder_to_the_report(people, mailoutbox):
    addresses()
    letter = late(remind())
    assert "va atrasado" in letter.subject
    assert remind() == []

    editor, team, reviewer = (people.sign_in(name) for name in (EDITOR, TEAM, REVIEWER))
    citizen = people.citizen(phone=True)
    before = figures(citizen)

    collide(report_from_the_email(editor, letter, EMPLOYMENT), team)
    chat = report_from_the_email(editor, letter, CHAT)
    form = editor.url
    chat.report(1, percent="100", note="El servicio atiende todos los días.")
    chat.save()
    bundle(editor)
    bundle_url = editor.url

    open_bundle(reviewer)
    expect(reviewer.locator("main")).to_contain_text("Se abrió una bolsa de trabajo para las artesanas.")
    reviewer.get_by_label("Qué falta o qué hay que corregir").fill(GIVEN_BACK)
    reviewer.get_by_role("button", name="Devolver el paquete con este comentario").click()

    editor.goto("/admin/trabajo/que-me-falta/")
    expect(editor.locator("#devueltos-section")).to_contain_text(GIVEN_BACK)
    editor.goto(form)
    chat.tell("Se atendió a 1,200 personas.")
    chat.save()
    editor.goto(bundle_url)
    editor.get_by_role("button", name="Enviar otra vez").click()
    assert figures(citizen) == before

    open_bundle(reviewer)
    approval = reviewer.locator("form", has_text="Aprobar el paquete")
    approval.get_by_label("Comentario").fill("Revisé las dos.")
    reviewer.get_by_role("button", name="Aprobar el paquete").click()
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste el paquete")

    after = figures(citizen)
    assert all(after[name] != before[name] for name in BOTH)
    expect(citizen.get_by_role("main")).to_contain_text("Revisé las dos.")
    editor.goto("/admin/trabajo/que-me-falta/")
    reported = editor.locator("#reportes-section").get_by_role("row").filter(has_text=EMPLOYMENT)
    expect(reported).not_to_contain_text(LATE_DAY)
    publish_report(team, reviewer, citizen)
    assert findings() == "Todo en orden"


def publish_report(team: Page, reviewer: Page, citizen: Page) -> None:
    """Prepare the report of the period, approve it, and read the public page."""
    plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
    team.goto(f"/admin/pages/{plan.pk}/edit/")
    team.get_by_role("button", name="Acciones").first.click()
    team.get_by_role("link", name="Preparar informe").click()
    for label, day in {"Desde": "2023-12-01", "Hasta": "2024-03-31", "Corte": "2024-03-31"}.items():
        team.get_by_label(label).fill(day)
    team.get_by_role("button", name="Preparar el informe").click()
    expect(team.get_by_text("quedó como borrador")).to_be_visible()
    use_computed_figure(team)
    send(team)
    open_review(reviewer, "Informe parcial 2")
    approve(reviewer, "Coincide con los avances.")
    citizen.goto(PLAN + "informe-parcial-2/")
    expect(citizen.get_by_role("main")).to_contain_text(CHAT)


def use_computed_figure(team: Page) -> None:
    """Use the figure computed from the two reports instead of the last declared one."""
    row = team.get_by_role("row").filter(has_text=EMPLOYMENT)
    row.get_by_label("Según el informe").fill("40")
