"""The admin of the state team: registry, accounts, rules of a plan, and a withdrawal."""

import pytest
from playwright.sync_api import expect

from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from tests.browser_journeys.public_urls import LADRILLERAS

pytestmark = pytest.mark.browser


def test_the_state_team_opens_registry_accounts_and_rules(people, pictures):
    team = people.sign_in("administracion")
    team.locator(".sidebar-menu-item", has_text="Registro").get_by_role("button").click()
    team.get_by_role("link", name="Instituciones").click()
    expect(team.get_by_role("link", name="Colores del Rincón, A.C.").first).to_be_visible()
    pictures.take(team, "instituciones")

    team.goto("/admin/users/")
    expect(team.get_by_role("row").filter(has_text="edicion-poder-judicial")).to_be_visible()
    pictures.take(team, "cuentas")

    plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
    team.goto(f"/admin/pages/{plan.pk}/edit/")
    rules = team.get_by_role("region", name="Cómo se hacen las cuentas")
    expect(rules.get_by_label("Se reporta cada (meses)")).to_have_value("4")
    pictures.take_part(team, rules, "reglas")


def test_a_reviewer_withdraws_a_page_and_it_leaves_the_search(people, pictures):
    page = CommitmentPage.objects.get(title="Vigilar las ladrilleras para respirar mejor")
    reviewer, citizen = people.sign_in("revision"), people.citizen()
    citizen.goto("/buscar/?q=ladrilleras")
    expect(citizen.locator(".results").first).to_contain_text(page.title)

    reviewer.goto(f"/admin/pages/{page.pk}/")
    reviewer.get_by_role("button", name="Acciones").first.click()
    reviewer.get_by_role("link", name="Retirar").first.click()
    expect(reviewer.get_by_role("button", name="Sí, retirar")).to_be_visible()
    pictures.take(reviewer, "despublicar")
    reviewer.get_by_role("button", name="Sí, retirar").click()
    reviewer.get_by_label("Motivo").fill("El compromiso se publicó con otra institución.")
    reviewer.get_by_role("button", name="Retirar", exact=True).click()
    expect(reviewer.locator(".messages .success")).to_be_visible()

    assert citizen.goto(LADRILLERAS).status == 404
    citizen.goto("/buscar/?q=ladrilleras&tipo=commitment")
    expect(citizen.get_by_role("link", name=page.title)).to_have_count(0)
