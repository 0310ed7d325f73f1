"""A plan of three axes, six commitments and eighteen actions, written with the keyboard on one screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage

pytestmark = pytest.mark.browser


def type_row(page: Page, label: str, title: str) -> None:
    """Write the title of the row that was just added, which has the focus."""
    field = page.get_by_label(label, exact=True).last
    expect(field).to_be_focused()
    page.keyboard.type(title)


def write_commitment(page: Page, code: str) -> None:
    page.locator(".outline-row--axis", has=page.locator(f'[value="{code[0]}"][name=code]')).first.get_by_role(
        "button", name="Agregar compromiso"
    ).click()
    type_row(page, f"Título: Compromiso {code}", f"Compromiso {code}")
    page.get_by_role("button", name="Agregar acción").nth(commitments(page) - 1).press("Enter")
    for number in (1, 2, 3):
        type_row(page, f"Título: Acción {number}", f"Acción {code} {number}")
        if number < 3:
            page.keyboard.press("Enter")


def commitments(page: Page) -> int:
    return page.locator(".outline-row--commitment").count()


def test_a_plan_is_written_with_the_keyboard(people):
    team = people.sign_in("administracion")
    old = PlanPage.objects.source_language().get(slug="pal-2022-2024")
    team.goto(f"/admin/planes/{old.pk}/nuevo/")
    team.get_by_label("Nombre del plan").fill("Plan de prueba 2027-2029")
    team.get_by_role("button", name="Crear el plan nuevo").click()
    expect(team.get_by_text("quedó como borrador con todo su esquema")).to_be_visible()
    plan = PlanPage.objects.get(slug="plan-prueba-2027-2029")
    plan.get_descendants().delete()

    team.goto(f"/admin/planes/{plan.pk}/esquema/")
    for axis in "123":
        if axis == "1":
            team.get_by_role("button", name="Agregar eje").click()
        else:
            team.get_by_label(f"Título: Eje {int(axis) - 1}", exact=True).press("Enter")
        type_row(team, f"Título: Eje {axis}", f"Eje {axis}")
    row = team.locator(".outline-row--axis").last
    row.locator(".outline-row__kind").hover()
    team.mouse.down()
    for _ in range(2):  # the first move starts the drag, the second is over its target
        team.locator(".outline-row--axis .outline-row__kind").first.hover()
    team.mouse.up()
    expect(team.locator(".outline-row--axis [name=title]").first).to_have_value("Eje 3")
    team.get_by_role("button", name="Bajar: Eje 3").press("Enter")
    expect(team.locator(".outline-row--axis [name=title]").nth(1)).to_have_value("Eje 3")
    expect(team.get_by_role("button", name="Bajar: Eje 3")).to_be_focused()
    team.get_by_role("button", name="Bajar: Eje 3").press("Enter")
    expect(team.locator(".outline-row--axis [name=title]").last).to_have_value("Eje 3")
    for code in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2"):
        write_commitment(team, code)
    team.get_by_role("button", name="Guardar el esquema").last.click()

    expect(team.get_by_text("Se guardó el esquema: 9 cambios en borrador.")).to_be_visible()
    found = CommitmentPage.objects.descendant_of(plan).order_by("path")
    assert [page.code for page in found] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert [page.latest_revision.as_object().actions.count() for page in found] == [3] * 6


def open_with_two_new_axes(people) -> tuple[Page, Locator, int]:
    """Open the outline of a plan, add two axes, and return them with the number of those before."""
    team = people.sign_in("administracion")
    team.goto(f"/admin/planes/{PlanPage.objects.source_language().get(slug='pal-2022-2024').pk}/esquema/")
    axes = team.locator(".outline-row--axis")
    before = axes.count()
    for title in ("Uno", "Dos"):
        team.get_by_role("button", name="Agregar eje").click()
        expect(axes).to_have_count(before + (1 if title == "Uno" else 2))
        axes.last.locator("[name=title]").fill(title)
    return team, axes, before


def test_a_control_reached_while_a_move_is_answered_keeps_the_focus(people):
    team, axes, before = open_with_two_new_axes(people)
    held = []
    team.route("**/esquema/", lambda route: held.append(route))
    with team.expect_request("**/esquema/"):
        axes.last.get_by_role("button", name="Subir").click()
    axes.first.get_by_role("link", name="Abrir").focus()

    held[0].continue_()

    expect(axes.nth(before).locator("[name=title]")).to_have_value("Dos")
    expect(axes.first.get_by_role("link", name="Abrir")).to_be_focused()


def test_letters_typed_while_a_move_is_answered_stay(people):
    team, axes, before = open_with_two_new_axes(people)
    held = []
    team.route("**/esquema/", lambda route: held.append(route))

    with team.expect_request("**/esquema/"):
        axes.last.get_by_role("button", name="Subir").click()
    field = axes.last.locator("[name=title]")
    field.focus()
    field.press("End")
    team.keyboard.type(" y medio")
    held[0].continue_()

    moved = axes.nth(before).locator("[name=title]")
    expect(moved).to_have_value("Dos y medio")
    expect(moved).to_be_focused()
    expect(axes.last.locator("[name=title]")).to_have_value("Uno")
