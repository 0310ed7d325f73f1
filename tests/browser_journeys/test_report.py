"""The secretariat's report: prepared from the plan, approved, and frozen."""

import datetime

import pytest
from playwright.sync_api import expect

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.updates.drafts import start_update
from tests.browser_journeys.desk import approve, open_review, send
from tests.browser_journeys.public_urls import PLAN

pytestmark = pytest.mark.browser

REPORT = PLAN + "informe-parcial-2/"


def publish_more_progress() -> None:
    """Publish, by import, an update with a finished commitment."""
    commitment = CommitmentPage.objects.get(title="Una plataforma para encontrar empleo")
    user = User.objects.get(username="administracion")
    with imported("Later progress in a test.", by=user):
        update = start_update(commitment, datetime.date(2024, 1, 1), datetime.date(2024, 3, 31), user)
        rows = list(update.rows.all())
        for row in rows:
            row.percent, row.stage = 100, ""
        update.rows = rows
        update.save_revision(user=user).publish(user=user)


def test_a_published_report_is_not_changed_by_later_progress(people, pictures):
    plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
    team, reviewer, citizen = people.sign_in("administracion"), people.sign_in("revision"), people.citizen()

    team.goto(f"/admin/pages/{plan.pk}/edit/")
    team.get_by_role("button", name="Acciones").first.click()
    team.get_by_role("link", name="Preparar informe").click()
    expect(team.get_by_label("Desde")).to_have_value("01/12/2023")
    day, month, year = team.get_by_label("Hasta").input_value().split("/")
    assert (year, month, day) >= ("2023", "12", "01")  # not before the start
    for label, day in {"Desde": "2023-12-01", "Hasta": "2023-12-31", "Corte": "2023-12-31"}.items():
        team.get_by_label(label).fill(day)
    pictures.take(team, "informe-preparar")
    team.get_by_role("button", name="Preparar el informe").click()
    expect(team.get_by_text("quedó como borrador")).to_be_visible()
    whole = team.get_by_role("row").filter(has_text="Plan pal-2022-2024")
    whole.get_by_label("Según el informe").fill("46")
    whole.get_by_label("Nota aclaratoria").fill("Se redondeó hacia arriba.")
    whole.scroll_into_view_if_needed()
    pictures.take(team, "informe-filas")
    send(team)

    open_review(reviewer, "Informe parcial 2")
    approve(reviewer, "Coincide con los avances.")
    citizen.goto(REPORT)
    expect(citizen.get_by_role("main")).to_contain_text("46\u00a0%")
    expect(citizen.get_by_role("main")).to_contain_text("Se redondeó hacia arriba.")
    frozen = citizen.get_by_role("main").inner_text()

    publish_more_progress()
    citizen.goto(PLAN)
    expect(citizen.locator(".plaque").first).to_contain_text("46.51\u00a0%")
    citizen.goto(REPORT)
    assert citizen.get_by_role("main").inner_text() == frozen
