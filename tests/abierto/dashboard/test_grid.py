"""«Mis compromisos»: progress of all the commitments of a user, written and sent on one screen."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from abierto.bundles.models import Bundle
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.updates.drafts import start_update
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import submit
from tests.factories import CommitmentPageFactory, ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import build, member, signed_in
from tests.pages.updates.editing import AUGUST, NOVEMBER, in_review, latest
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = reverse("dashboard:grid")


@built_once
def build_reported():
    """Build the institutions, with a public update and a second commitment of the north."""
    world = build()
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: Decimal("33.5"), 2: "En diseño"}))
    return world


@pytest.fixture
def world():
    return build_reported()


class Screen:
    """The grid in the browser of ``user``, without scripts."""

    def __init__(self, user) -> None:
        self.client = signed_in(user)
        self.read(self.client.get(URL))

    def read(self, response) -> None:
        self.response = response
        if response.status_code == 200:
            self.grid = response.context["grid"]
            html = response.content.decode()
            fields = querydict_from_html(html, form_id="commitment-grid").dict() if self.grid else {}
            self.data = {name: value.removeprefix("\n") for name, value in fields.items()}

    def name(self, field: str, row: int = 0, commitment: int = 0) -> str:
        return self.grid[commitment].rows[row].form.add_prefix(field)

    def type(self, field: str, value: str, row: int = 0, commitment: int = 0) -> None:
        self.data[self.name(field, row, commitment)] = value

    def press(self, action: str):
        self.read(self.client.post(URL, {**self.data, "do": action}))
        return self.response

    def press_send(self, page):
        return self.press(f"send-{page.pk}")


def assign(world, page) -> None:
    """Give a commitment to the space of the north."""
    assign_root(Space.objects.get(name="Norte"), page)


def period() -> tuple[datetime.date, datetime.date]:
    return datetime.date(2023, 12, 1), datetime.date(2024, 2, 29)


def find_draft(page) -> ProgressUpdatePage:
    return ProgressUpdatePage.objects.child_of(page).get(live=False)


# --- What it shows -------------------------------------------------------------------------------------


def test_an_action_shows_its_promised_proof_and_its_last_figure(world):
    screen = Screen(world.north_editor)
    html = screen.response.content.decode()

    assert [entry.name for entry in screen.grid] == ["1.1 Datos del norte"]
    assert "Informe publicado" in html
    assert "<strong>33.5\xa0%</strong>, al 30 de noviembre de 2023" in html
    assert screen.data[screen.name("percent")] == "33.5"
    assert screen.data[screen.name("stage", 1)] == "En diseño"
    assert screen.data[f"c{world.north.pk}-period_start"] in ("2023-12-01", "01/12/2023")


def test_opening_the_screen_creates_nothing(world):
    before = ProgressUpdatePage.objects.count()
    Screen(world.north_editor)

    assert ProgressUpdatePage.objects.count() == before


def test_a_reviewer_and_other_institutions_have_no_commitment_there(world):
    assert Screen(world.north_reviewer).grid == []
    assert [entry.name for entry in Screen(world.south_editor).grid] == ["1.2 Datos del sur"]


def test_the_number_of_queries_does_not_depend_on_the_rows(world):
    client = signed_in(world.north_editor)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for number in range(2):
        page = published(
            CommitmentPageFactory(parent=world.north.get_parent(), code=f"1.{number + 5}", actions=3)
        )
        assign(world, page)
        start_update(page, AUGUST, NOVEMBER, world.north_editor)
    with CaptureQueriesContext(connection) as three:
        shown = client.get(URL)

    assert len(shown.context["grid"]) == 3
    assert len(three) <= len(one) + 1  # the rows of drafts


def test_the_list_and_the_front_page_lead_there(world):
    for user, expected in ((world.north_editor, True), (world.north_reviewer, False)):
        for address in (reverse("commitments:index"), reverse("wagtailadmin_home")):
            html = signed_in(user).get(address).content.decode()
            assert (f'href="{URL}"' in html) is expected, address


# --- Saving and sending --------------------------------------------------------------------------------


def test_sending_a_commitment_creates_its_update_and_begins_the_review(world):
    screen = Screen(world.north_editor)
    screen.type("percent", "45,5 %")
    screen.type("note", "Cuatro conjuntos de datos")
    screen.type("evidence_title", "Portal de datos")
    screen.type("evidence_url", "www.datos.gob.mx")
    key = next(iter(world.north.actions.all())).means[0].id
    screen.type("proof", key)
    screen.data["submission_note"] = "Sale del portal"

    assert screen.press_send(world.north).status_code == 302

    draft = find_draft(world.north)
    row, other = latest(draft).rows.all()
    assert (row.percent, row.stage, row.note) == (Decimal("45.50"), "", "Cuatro conjuntos de datos")
    assert (other.percent, other.stage) == (None, "En diseño")
    (piece,) = row.evidence
    assert (piece.value["title"], piece.value["url"], piece.value["means_key"], piece.value["kind"]) == (
        "Portal de datos",
        "https://www.datos.gob.mx",
        key,
        "link",
    )
    assert (draft.owner, draft.latest_revision.user) == (world.north_editor, world.north_editor)
    assert draft.title == "Reporte de diciembre de 2023 a febrero de 2024"
    assert in_review(draft)
    assert not draft.live


def test_errors_are_beside_their_field_and_nothing_typed_is_lost(world):
    screen = Screen(world.north_editor)
    screen.type("percent", "cuarenta")
    screen.type("evidence_title", "Portal")
    screen.type("percent", "", 1)
    screen.type("stage", "", 1)

    response = screen.press_send(world.north)

    first, second = (row.form.errors for row in screen.grid[0].rows)
    assert response.status_code == 200
    assert set(first) == {"percent", "evidence_url"}
    assert "No se entiende la cifra" in first["percent"][0]
    assert set(second) == {"percent"}
    assert screen.data[screen.name("percent")] == "cuarenta"
    assert screen.data[screen.name("evidence_title")] == "Portal"
    assert not ProgressUpdatePage.objects.child_of(world.north).filter(live=False).exists()


def test_a_figure_and_a_stage_together_are_refused(world):
    screen = Screen(world.north_editor)
    screen.type("stage", "En diseño")

    screen.press("save")

    assert set(screen.grid[0].rows[0].form.errors) == {"percent", "stage"}


def test_a_draft_is_saved_without_sending_and_continued(world):
    screen = Screen(world.north_editor)
    screen.type("percent", "", 0)
    screen.type("note", "A medias")
    screen.type("evidence_title", "Portal")
    screen.type("evidence_url", "https://a.mx/")
    assert screen.press("save").status_code == 302
    draft = find_draft(world.north)
    assert not in_review(draft)

    again = Screen(world.north_editor)
    assert again.data[again.name("note")] == "A medias"
    assert again.data[again.name("evidence_url")] == "https://a.mx/"
    again.type("percent", "60")
    again.type("evidence_title", "")
    again.type("evidence_url", "")
    again.press_send(world.north)

    row = latest(draft).rows.all()[0]
    assert (row.percent, row.note, len(row.evidence)) == (Decimal("60.00"), "A medias", 0)
    assert in_review(draft)
    assert ProgressUpdatePage.objects.child_of(world.north).count() == 2


def test_other_evidence_of_a_draft_stays(world):
    draft = start_update(world.north, *period(), world.north_editor)
    rows = list(draft.rows.all())
    pieces = [{"title": "Acta", "kind": "cited"}, {"title": "Portal", "kind": "link", "url": "https://a.mx/"}]
    rows[0].evidence = [("evidence", piece) for piece in pieces]
    draft.rows = rows
    draft.save()
    draft.save_revision(user=world.north_editor)

    screen = Screen(world.north_editor)
    assert "1 prueba más en el borrador" in screen.response.content.decode()
    screen.type("evidence_title", "Portal nuevo")
    screen.press("save")

    titles = [piece.value["title"] for piece in latest(draft).rows.all()[0].evidence]
    assert titles == ["Acta", "Portal nuevo"]


def test_all_are_sent_in_one_bundle(world):
    second = published(CommitmentPageFactory(parent=world.north.get_parent(), code="1.7", actions=1))
    third = published(CommitmentPageFactory(parent=world.north.get_parent(), code="1.8", actions=1))
    for page in (second, third):
        assign(world, page)
    screen = Screen(world.north_editor)
    screen.type("percent", "40")
    screen.type("percent", "10", commitment=1)

    response = screen.press("send")

    bundle = Bundle.objects.get()
    assert response.headers["Location"] == reverse("bundles:detail", args=[bundle.pk])
    assert {item.page_id for item in bundle.items.all()} == {
        find_draft(world.north).pk,
        find_draft(second).pk,
    }
    assert not ProgressUpdatePage.objects.child_of(third).exists()


def test_one_commitment_with_errors_keeps_all_from_being_sent(world):
    second = published(CommitmentPageFactory(parent=world.north.get_parent(), code="1.7", actions=1))
    assign(world, second)
    screen = Screen(world.north_editor)
    screen.type("percent", "40")
    screen.type("percent", "400", commitment=1)

    assert screen.press("send").status_code == 200

    assert screen.data[screen.name("percent")] == "40"
    assert not ProgressUpdatePage.objects.filter(live=False).exists()
    assert not Bundle.objects.exists()


def test_sending_one_keeps_what_was_typed_in_another(world):
    second = published(CommitmentPageFactory(parent=world.north.get_parent(), code="1.7", actions=1))
    assign(world, second)
    screen = Screen(world.north_editor)
    screen.type("note", "Sin terminar", commitment=1)

    response = screen.press_send(world.north)

    assert response.status_code == 200
    assert in_review(find_draft(world.north))
    assert screen.data[screen.name("note", commitment=1)] == "Sin terminar"
    assert f"c{world.north.pk}-version" not in screen.data
    assert not ProgressUpdatePage.objects.child_of(second).exists()


def test_sending_nothing_says_so(world):
    response = Screen(world.north_editor).press("send")

    assert "Escribe primero el avance" in response.content.decode()


# --- What others began ---------------------------------------------------------------------------------


def test_a_draft_of_another_person_is_shown_and_not_overwritten(world):
    colleague = member("colega", world.north_editor.groups.get())
    screen = Screen(world.north_editor)
    screen.type("percent", "45")
    draft = start_update(world.north, *period(), colleague)

    response = screen.press_send(world.north)

    html = response.content.decode()
    assert "ya tiene un avance" in html
    assert 'value="45"' in html
    assert latest(draft).latest_revision.user == colleague
    assert ProgressUpdatePage.objects.child_of(world.north).filter(live=False).count() == 1
    fresh = Screen(world.north_editor)
    assert "Borrador sin enviar de Colega Prueba" in fresh.response.content.decode()
    assert f"c{world.north.pk}-version" not in fresh.data


def test_a_draft_saved_in_another_window_is_not_overwritten(world):
    draft = start_update(world.north, *period(), world.north_editor)
    screen = Screen(world.north_editor)
    screen.type("percent", "45")
    draft.save_revision(user=world.north_editor)

    response = screen.press("save")

    assert "cambió mientras escribías" in response.content.decode()
    assert screen.data[screen.name("percent")] == "45"
    assert latest(draft).rows.all()[0].percent == Decimal("33.50")


def test_a_review_under_way_is_shown_and_not_offered(world):
    draft = start_update(world.north, *period(), world.north_editor)
    submit(draft, world.north_editor)

    screen = Screen(world.north_editor)

    assert "Enviado a revisión el" in screen.response.content.decode()
    assert f"c{world.north.pk}-version" not in screen.data
    assert screen.press_send(world.north).status_code == 200
    assert ProgressUpdatePage.objects.child_of(world.north).count() == 2


def test_a_commitment_of_another_space_cannot_be_sent(world):
    screen = Screen(world.north_editor)

    assert screen.press_send(world.south).status_code == 400
    assert screen.press("otra").status_code == 400
    assert not ProgressUpdatePage.objects.child_of(world.south).exists()
