"""Input and saves during an autosave are neither lost nor duplicated."""

from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect
from wagtail.models import Comment

from abierto.accounts.models import User
from pages.updates.models import ProgressUpdatePage
from tests.browser import PATIENCE_MS, wait_for_watching_form
from tests.browser_journeys.desk import UpdateDesk

pytestmark = pytest.mark.browser

EDITOR = "edicion-poder-ejecutivo"
EMPLOYMENT = "Una plataforma para encontrar empleo"
#: A part of the submitted form.
PERCENT = 'name="rows-0-percent"\r\n\r\n{}\r\n'
QUESTION, ANSWER = "¿De qué municipios son las vacantes?", "De León, Irapuato y Celaya."


def is_save(request: Request) -> bool:
    """Check whether a request is an autosave of the form."""
    return request.url.endswith("/edit/") and request.headers.get("accept") == "application/json"


class HeldSave:
    """Hold the autosaves of the form until the test releases them."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.held: list[Route] = []
        self.holding = True
        window.route("**/edit/", self._keep)

    def _keep(self, route: Route) -> None:
        if self.holding and is_save(route.request):
            self.held.append(route)
        else:
            route.fallback()

    def wait(self) -> None:
        """Wait until the form autosaves.

        The request may have been announced during an earlier call, and its route follows later: waiting for
        the event would
        miss it.
        """
        deadline = monotonic() + PATIENCE_MS / 1000
        while not self.held:
            assert monotonic() < deadline, "the form did not save itself"
            self.window.wait_for_timeout(20)

    def next(self) -> str:
        """Release the held autosave, wait for the next one, and return its data."""
        self.held.pop().continue_()
        self.wait()
        return self.held[-1].request.post_data or ""

    def let_go(self) -> None:
        """Release the held autosave and all later ones."""
        self.holding = False
        for route in self.held:
            route.continue_()


@pytest.fixture
def desk(people):
    desk = UpdateDesk.begin(people, EDITOR, EMPLOYMENT)
    wait_for_watching_form(desk.window)
    return desk


@pytest.fixture
def commented(desk):
    """The form with a comment on its title."""
    reviewer = User.objects.get(username="revision")
    Comment.objects.create(page=draft(), user=reviewer, text=QUESTION, contentpath="title")
    desk.window.reload()
    wait_for_watching_form(desk.window)
    return desk


def draft() -> ProgressUpdatePage:
    """Return the draft report."""
    return ProgressUpdatePage.objects.get(live=False)


def written_reply(window: Page) -> Locator:
    """Write a reply to the comment without saving it, and return its thread."""
    window.locator("[data-contentpath=title] [data-annotation]").click()
    thread = window.locator("#comments .comment").filter(has_text=QUESTION)
    thread.locator(".comment__reply-input").fill(ANSWER)
    return thread


def replies() -> list[str]:
    """Return the stored replies."""
    return [reply.text for reply in Comment.objects.get().replies.all()]


def test_submitting_during_an_autosave_causes_no_conflict(desk):
    save = HeldSave(desk.window)
    desk.report(1, percent="80", note="Se sumaron vacantes de tres municipios.")
    desk.report(2, stage="En prueba con 40 personas")
    desk.prove(1, "Vacantes publicadas", "https://empleo.guanajuato.gob.mx/vacantes/por-municipio")
    save.wait()
    desk.window.get_by_role("button", name="Enviar").click()
    with desk.window.expect_navigation(wait_until="domcontentloaded"):
        save.let_go()

    expect(desk.window.get_by_text("Alguien guardó otra versión")).to_have_count(0)
    update = draft()
    assert update.current_workflow_state is not None
    assert [row.percent for row in update.get_latest_revision_as_object().rows.all()] == [80, None]


def test_input_right_after_opening_is_saved(desk):
    save = HeldSave(desk.window)
    desk.window.reload(wait_until="domcontentloaded")
    desk.report(1, percent="80")
    save.wait()
    assert PERCENT.format(80) in (save.held[0].request.post_data or "")


def test_input_during_an_autosave_is_saved_by_the_next(desk):
    save = HeldSave(desk.window)
    desk.report(1, percent="80")
    save.wait()
    desk.report(1, percent="85")
    assert PERCENT.format(85) in save.next()


def test_a_reply_written_during_an_autosave_is_kept(commented):
    window = commented.window
    save = HeldSave(window)
    commented.report(1, percent="80")
    save.wait()
    thread = written_reply(window)
    save.let_go()
    expect(window.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", "saved")
    expect(thread.locator(".comment__reply-input")).to_have_value(ANSWER)

    thread.get_by_role("button", name="Responder").press("Enter")
    commented.save()
    assert replies() == [ANSWER]


def test_a_manual_save_during_an_autosave_stores_a_reply_once(commented):
    save = HeldSave(commented.window)
    written_reply(commented.window).get_by_role("button", name="Responder").press("Enter")
    save.wait()
    commented.window.get_by_role("button", name="Guardar borrador").click()
    with commented.window.expect_navigation():
        save.let_go()
    assert replies() == [ANSWER]
