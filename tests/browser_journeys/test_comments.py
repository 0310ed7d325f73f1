"""A reviewer comments on a figure and mentions its author, who finds the comment at the field and replies."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Comment

from abierto.accounts.models import User
from tests.browser import find_violations
from tests.browser_journeys.desk import UpdateDesk, give_back, open_review

pytestmark = pytest.mark.browser

EDITOR, REVIEWER = "edicion-poder-ejecutivo", "revision"
TITLE = "1.1 Una plataforma para encontrar empleo · dic. 2023–mar. 2024"
EMPLOYMENT = "Una plataforma para encontrar empleo"
QUESTION, ANSWER = "¿De qué municipios son las vacantes?", "De León, Irapuato y Celaya."
NARROW = {"width": 390, "height": 844}


def report(window: Page) -> UpdateDesk:
    """Report a figure with evidence and submit it."""
    desk = UpdateDesk.start(window, EMPLOYMENT)
    desk.report(1, percent="80", note="Se sumaron vacantes de tres municipios.")
    desk.report(2, stage="En prueba con 40 personas")
    desk.prove(1, "Vacantes publicadas", "https://empleo.guanajuato.gob.mx/vacantes/por-municipio")
    return desk


def figure_of(window: Page, number: int) -> Locator:
    """Return the part of the review about the figure of one action."""
    group = window.locator(".review-group").filter(has=window.get_by_role("heading", name=f"Acción {number}"))
    return group.locator(".review-change", has_text="Avance").first


def violations_of(window: Page) -> list[str]:
    """Return the axe violations in the portal's own part of the page."""
    expect(window.get_by_role("heading", name="Campo por campo")).to_be_visible()
    return find_violations(window, Axe(), context=".review-changes")


def comment_on(figure: Locator, text: str, whom: str) -> None:
    """Comment on a field and mention a user."""
    figure.get_by_text("Comentar «").click()
    figure.get_by_label("Comentario").fill(text)
    figure.get_by_label("Avisar a").fill(f"@{whom}")
    figure.get_by_role("button", name="Comentar").click()


def thread_beside(window: Page, desk: UpdateDesk, text: str) -> Locator:
    """Open the thread of the first action's percentage from its comment button, and return it."""
    percentage = desk.row(1).locator("[data-contentpath=percent]")
    percentage.locator("[data-annotation]").click()
    thread = window.locator("#comments .comment").filter(has_text=text)
    expect(thread).to_be_visible()
    return thread


def test_an_author_answers_and_resolves_a_comment_that_mentions_her(people):
    User.objects.filter(username=EDITOR).update(email="edicion@example.org")
    editor, reviewer = people.sign_in(EDITOR), people.sign_in(REVIEWER)
    desk = report(editor)
    form = desk.address
    desk.submit()

    open_review(reviewer, TITLE)
    assert violations_of(reviewer) == []
    figure = figure_of(reviewer, 1)
    expect(figure.locator("[data-before]")).to_have_text("60\u00a0%")
    expect(figure.locator("[data-after]")).to_have_text("80\u00a0%")
    comment_on(figure, QUESTION, EDITOR)
    expect(reviewer.locator(".messages")).to_contain_text("Se avisó a")
    expect(figure_of(reviewer, 1)).to_contain_text(QUESTION)
    assert violations_of(reviewer) == []
    reviewer.set_viewport_size(NARROW)
    width = reviewer.evaluate("document.querySelector('.review-changes').scrollWidth")
    assert width <= NARROW["width"]

    (letter,) = [email for email in mail.outbox if email.subject.startswith("Te mencionaron")]
    assert letter.to == ["edicion@example.org"]
    assert QUESTION in letter.body

    give_back(reviewer, "Contesta lo del municipio.")
    editor.goto("/admin/")
    expect(editor.locator("#te-mencionaron-section")).to_contain_text(QUESTION)
    editor.locator("#te-mencionaron-section").get_by_role("link", name=TITLE).click()
    expect(editor.locator(".messages")).to_contain_text(QUESTION)
    thread = thread_beside(editor, desk, QUESTION)
    thread.locator(".comment__reply-input").fill(ANSWER)
    # Wagtail moves a comment while its text grows; a click can end beside the button.
    thread.get_by_role("button", name="Responder").press("Enter")
    expect(thread.locator(".comment-reply")).to_contain_text(ANSWER)
    desk.save()
    comment = Comment.objects.get()
    assert comment.replies.get().text == ANSWER

    editor.goto(form)
    thread = thread_beside(editor, desk, QUESTION)
    thread.get_by_role("button", name="Más acciones").first.click()
    thread.get_by_role("menuitem", name="Resolver").click()
    desk.save()
    comment.refresh_from_db()
    assert comment.resolved_by.username == EDITOR

    # A resolved comment is not in the form, and saving the form again does not delete it.
    editor.goto(form)
    desk.save()
    assert Comment.objects.get().replies.get().text == ANSWER
