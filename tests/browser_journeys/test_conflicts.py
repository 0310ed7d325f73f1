"""Two editors of one report at once: the second sees both versions and keeps her text."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from pages.updates.models import ProgressUpdatePage
from tests.browser import wait_for_watching_form
from tests.browser_journeys.desk import UpdateDesk

pytestmark = pytest.mark.browser

EDITOR, OTHER = "edicion-poder-ejecutivo", "administracion"
EMPLOYMENT = "Una plataforma para encontrar empleo"


@pytest.mark.usefixtures("without_autosave")
def test_concurrent_edits_lose_nothing(people):
    editor = UpdateDesk.begin(people, EDITOR, EMPLOYMENT)
    other = UpdateDesk(people.sign_in(OTHER))
    other.window.goto(editor.address)

    editor.report(1, percent="80", note="Se sumaron vacantes.")
    editor.save()
    other.tell("Se abrió una bolsa de trabajo.")
    other.try_to_save()

    screen = other.window
    expect(screen.get_by_role("heading", name="Dos versiones a la vez")).to_be_visible()
    expect(screen.locator("main")).to_contain_text("Se sumaron vacantes.")
    expect(screen.locator("main")).to_contain_text("Se abrió una bolsa de trabajo.")

    screen.get_by_role("button", name="Combinar").click()
    expect(screen.locator(".messages")).to_contain_text("se guardaron sobre la versión más nueva")
    expect(other.row(1).get_by_label("Nota aclaratoria")).to_have_value("Se sumaron vacantes.")
    saved = ProgressUpdatePage.objects.order_by("-pk").first().get_latest_revision_as_object()
    assert "Se abrió una bolsa" in saved.narrative
    assert saved.rows.all()[0].percent == 80


def test_autosave_stops_on_a_conflict_and_shows_it(people):
    editor = UpdateDesk.begin(people, EDITOR, EMPLOYMENT)
    other = UpdateDesk(people.sign_in(OTHER))
    other.window.goto(editor.address)
    editor.report(1, percent="80", note="Se sumaron vacantes.")
    editor.save()
    wait_for_watching_form(other.window)

    with other.window.expect_response(saves) as refused:
        other.tell("Se abrió una bolsa de trabajo.")

    assert refused.value.status == 409
    expect(other.window.locator("body")).to_contain_text("Alguien guardó otra versión mientras escribías")


def test_an_autosaved_form_can_be_submitted(people):
    """The form learns the version that its autosave script saved."""
    desk = UpdateDesk.begin(people, EDITOR, EMPLOYMENT)
    wait_for_watching_form(desk.window)

    with desk.window.expect_response(saves) as saved:
        desk.tell("Se abrió una bolsa de trabajo.")
    assert saved.value.ok

    desk.report(1, percent="80", note="Se sumaron vacantes.")
    desk.save()

    update = ProgressUpdatePage.objects.order_by("-pk").first().get_latest_revision_as_object()
    assert update.rows.all()[0].note == "Se sumaron vacantes."


def saves(answer) -> bool:
    """Check whether a response is to a save of the page, and not to another request of its form."""
    return answer.request.method == "POST" and urlsplit(answer.url).path.endswith("/edit/")
