"""The main journey: an editor reports, a reviewer approves, and the public pages show it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.tenancy.models import Space
from pages.plans.commitments import CommitmentPage
from tests.browser_journeys.desk import UpdateDesk, approve, give_back, open_review, send
from tests.browser_journeys.public_urls import PLAN

pytestmark = pytest.mark.browser

EDITOR, REVIEWER = "edicion-poder-ejecutivo", "revision"
TITLE = "1.1 Una plataforma para encontrar empleo · dic. 2023–mar. 2024"
EMPLOYMENT = "Una plataforma para encontrar empleo"
AXIS = PLAN + "eje-1-gobierno-abierto/"
ADDRESS = AXIS + "1-1-plataforma-de-empleo/"
PROMISE = "Publicación de las vacantes de cada mes"
NARRATIVE = "La plataforma abrió una bolsa de trabajo para las artesanas del mimbre."
SEARCH = "/buscar/?q=artesanas+mimbre"
COMMENT = "Revisé las vacantes en el sitio."


@pytest.fixture
def promise(visitors) -> None:
    """Add a promised proof to the first action: the plan of 2022–2024 has none."""
    commitment = CommitmentPage.objects.get(title=EMPLOYMENT)
    actions = list(commitment.actions.all())
    actions[0].means = [("means", {"text": PROMISE, "kind": "publication", "cadence": "monthly"})]
    commitment.actions = actions
    user = User.objects.get(username="administracion")
    with imported("A proof to fulfil in a test.", by=user):
        commitment.save_revision(user=user).publish(user=user)


def report(window: Page) -> UpdateDesk:
    """Report the progress of the commitment: a percentage, a stage, a note, evidence and a summary."""
    desk = UpdateDesk.start(window, EMPLOYMENT)
    desk.report(1, percent="80", note="Se sumaron vacantes de tres municipios.")
    desk.report(2, stage="En prueba con 40 personas")
    desk.tell(NARRATIVE)
    return desk


def figures(page: Page) -> list[str]:
    """Return the public figure of the commitment, its axis, the plan, and on the home page."""
    found = []
    for address in (ADDRESS, AXIS, PLAN, "/"):
        page.goto(address)
        found.append(page.locator(".plaque").first.inner_text())
    return found


def assert_decision_message(window: Page, sentence: str) -> None:
    """Check the message of the admin after a decision."""
    expect(window.locator(".messages")).to_contain_text(sentence)


def test_from_a_report_to_the_public_figure(people, promise, pictures):
    citizen = people.citizen()
    before = figures(citizen)
    assert "30\u00a0%" in before[0]

    editor = people.sign_in(EDITOR)
    desk = report(editor)
    desk.prove(1, "Vacantes publicadas", "https://empleo.guanajuato.gob.mx/", PROMISE)
    pictures.take_part(editor, desk.row(1), "avance-accion")
    desk.save()
    pictures.take(editor, "enviar")
    desk.submit()
    assert figures(citizen) == before
    assert citizen.goto(SEARCH).ok
    expect(citizen.locator(".results")).to_have_count(0)

    reviewer = people.sign_in(REVIEWER)
    pictures.take(reviewer, "pendientes")
    open_review(reviewer, TITLE)
    assert_comparison_shown(reviewer)
    pictures.take(reviewer, "revision")
    pictures.take_part(reviewer, reviewer.locator("form", has_text="Aprobar y publicar"), "aprobar")
    pictures.take_part(reviewer, reviewer.locator("form", has_text="Devolver con este"), "devolver")
    approve(reviewer, COMMENT)
    assert_decision_message(reviewer, f"Aprobaste «{TITLE}».")

    commitment, axis, plan, home = figures(citizen)
    assert "40\u00a0%" in commitment
    assert "52.6\u00a0%" in axis
    assert "44.8\u00a0%" in plan
    assert "44.8\u00a0%" in home
    assert_trace_shown(citizen)
    citizen.goto(ADDRESS)
    pictures.take(citizen, "publicado")
    citizen.goto(SEARCH)
    expect(citizen.locator(".results > li").first).to_contain_text("artesanas del mimbre")
    assert findings() == "Todo en orden"


def findings() -> str:
    """Return the findings of ``manage.py integrity`` after the journey."""
    output = StringIO()
    try:
        call_command("integrity", stdout=output)
    except SystemExit:
        return output.getvalue()
    return output.getvalue().partition(":")[0]


def assert_comparison_shown(reviewer: Page) -> None:
    """Check that the review shows the public version beside the new one."""
    for before, after in [("60\u00a0%", "80\u00a0%"), ("En etapa de diseño", "En prueba con 40 personas")]:
        figure = reviewer.locator(".review-change").filter(has_text=before)
        expect(figure.locator("[data-after]")).to_contain_text(after)
    expect(reviewer.get_by_text(NARRATIVE)).to_be_visible()


def assert_trace_shown(citizen: Page) -> None:
    """Check that the commitment shows reporter, approver, dates, evidence and the earlier figure."""
    citizen.goto(ADDRESS)
    main = citizen.get_by_role("main")
    for text in (
        "40\u00a0%, según el promedio de las acciones. El informe dijo 30\u00a0%.",
        "80\u00a0%",
        "En prueba con 40 personas",
        "Se sumaron vacantes de tres municipios.",
        f"Se prometió: {PROMISE}",
        "Aprobó otra persona: Revisión, Todos",
        COMMENT,
    ):
        expect(main).to_contain_text(text)
    expect(main).to_contain_text("Reportó Edición, Poder Ejecutivo del Estado de Guanajuato")
    expect(main.get_by_role("link", name="Vacantes publicadas")).to_have_attribute(
        "href", "https://empleo.guanajuato.gob.mx/"
    )
    citizen.get_by_text("Ver la historia como tabla").click()
    history = citizen.get_by_role("table", name=re.compile("Todas las cifras publicadas")).get_by_role("row")
    expect(history.filter(has_text="30 de noviembre de 2023").first).to_contain_text("30\u00a0%")
    expect(history.filter(has_text="31 de marzo de 2024")).to_contain_text("40\u00a0%")


def test_an_author_cannot_approve_her_own_update(people):
    account = User.objects.get(username=EDITOR)
    account.groups.add(Space.objects.get(slug="poder-ejecutivo").reviewers)
    people.set_up_codes(EDITOR)

    editor = people.sign_in(EDITOR)
    desk = report(editor)
    form = editor.url
    desk.submit()
    editor.goto(form)
    editor.get_by_role("link", name="Revisar y decidir").click()

    expect(editor.get_by_text("Debe aprobarlo otra persona")).to_be_visible()
    expect(editor.get_by_role("button", name="Aprobar y publicar")).to_have_count(0)


def test_an_approval_of_an_outdated_version_is_refused(people):
    editor, reviewer, other = people.sign_in(EDITOR), people.sign_in(REVIEWER), people.sign_in(REVIEWER)
    report(editor).submit()
    open_review(reviewer, TITLE)
    open_review(other, TITLE)
    approve(reviewer, COMMENT)
    assert_decision_message(reviewer, "Aprobaste")

    approve(other, "Yo también.")

    expect(other.get_by_role("heading", name="No se publicó nada")).to_be_visible()
    expect(other.get_by_text("Esta revisión ya se resolvió o se canceló")).to_be_visible()


def test_a_returned_update_is_corrected_and_resubmitted(people, pictures):
    editor, reviewer, citizen = people.sign_in(EDITOR), people.sign_in(REVIEWER), people.citizen()
    desk = report(editor)
    form = editor.url
    desk.submit()
    open_review(reviewer, TITLE)
    give_back(reviewer, "Falta el enlace a las vacantes.")
    assert_decision_message(reviewer, f"Devolviste «{TITLE}» con tu comentario.")

    editor.goto(form)
    expect(editor.get_by_text("Falta el enlace a las vacantes.").first).to_be_visible()
    pictures.take(editor, "devuelto")
    desk.report(1, percent="75", note="Con el enlace que faltaba.")
    desk.prove(1, "Vacantes", "https://empleo.guanajuato.gob.mx/")
    send(editor, "Enviar otra vez")
    open_review(reviewer, TITLE)
    approve(reviewer, COMMENT)
    assert_decision_message(reviewer, "Aprobaste")

    citizen.goto(ADDRESS)
    expect(citizen.get_by_role("main")).to_contain_text("37.5\u00a0%")
