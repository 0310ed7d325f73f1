"""A new municipality on its road: from its provisioning to a good practice in the bank of the state."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from abierto.registry.models import Municipality
from pages.practices.models import GoodPracticePage
from pages.reports.models import ReportKind
from tests.browser_journeys.desk import approve, open_review, send
from tests.browser_journeys.people import People
from tests.municipal_road import (
    ALL_STEPS,
    Town,
    address_of_paper,
    fill_in_steps,
    publish_plan,
    publish_report,
)

pytestmark = pytest.mark.browser

STATE_REVIEWER = "revision"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def town(visitors) -> Town:
    """A municipality that has no microsite in the demo, provisioned by the state."""
    return Town(Municipality.objects.get(name="Celaya"), User.objects.get(username=STATE_REVIEWER))


def expect_to_fit(window: Page, picture: Path) -> None:
    """Check that nothing is wider than the phone, and take a picture."""
    assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    window.screenshot(path=picture, full_page=True)


def send_from_form(people: People, town: Town, address: str) -> Page:
    """Open a draft as the editor of the town and submit it for review."""
    window = people.sign_in(town.editor.username)
    window.goto(address)
    send(window, "Enviar a revisión")
    expect(window.locator(".messages .success")).to_contain_text("a revisión")
    return window


def review_twice(people: People, town: Town, title: str, pictures: Path) -> None:
    """Approve a page on a phone, for the town and then for the state."""
    steps = ((town.reviewer.username, "Aprobar este paso"), (STATE_REVIEWER, "Aprobar y publicar"))
    for username, button in steps:
        window = people.sign_in(username)
        window.set_viewport_size(PHONE)
        open_review(window, title)
        expect(window.get_by_role("button", name=button)).to_be_visible()
        expect_to_fit(window, pictures / f"revision-{username}.png")
        approve(window, "Leída y correcta.", button)
        expect(window.locator(".messages")).to_contain_text(f"Aprobaste «{title}».")


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_new_municipality_gets_from_provisioning_to_a_good_practice(people, town, tmp_path):
    citizen = people.citizen(viewport=PHONE)
    road = fill_in_steps(town)
    road.save_revision(user=town.editor)
    send_from_form(people, town, edit_address(road))
    assert citizen.goto(road.url).status == 404
    review_twice(people, town, road.title, tmp_path)

    citizen.goto(road.url)
    expect(citizen.get_by_role("main")).to_contain_text("Constan 13 de 13 pasos.")
    for number in ALL_STEPS:
        links = citizen.locator(f"#paso-{number} a[href='{address_of_paper(number)}']")
        expect(links.first).to_be_visible()
    expect_to_fit(citizen, tmp_path / "ruta.png")

    plan = publish_plan(town)
    intermediate = publish_report(town, plan, ReportKind.INTERMEDIATE, 1)
    final = publish_report(town, plan, ReportKind.FINAL, 2)
    for page in (plan, intermediate):
        assert citizen.goto(page.url).ok
        expect_to_fit(citizen, tmp_path / f"{page.slug}.png")

    editor = people.sign_in(town.editor.username)
    editor.goto(reverse("reports:start_practice", args=[final.pk]))
    editor.get_by_role("button", name="Empezar la buena práctica").click()
    editor.get_by_role("textbox", name="Qué se hizo").fill("Se abrieron las cuentas.")
    editor.get_by_role("textbox", name="Resultado").fill("Se consultan cada mes.")
    editor.get_by_role("textbox", name="Cómo repetirlo").fill("Publicar primero el presupuesto.")
    send(editor, "Enviar a revisión")
    practice = GoodPracticePage.objects.get(report=final)
    review_twice(people, town, practice.draft_title, tmp_path)

    citizen.goto("/buenas-practicas/")
    citizen.get_by_role("link", name=practice.draft_title).click()
    expect(citizen.get_by_role("main")).to_contain_text("Publicar primero el presupuesto.")
    expect_to_fit(citizen, tmp_path / "buena-practica.png")
