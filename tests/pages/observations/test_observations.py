"""Observations and answers in public, and what each space may write and another person must approve."""

import datetime

import pytest
from django.urls import reverse

from abierto.approval.errors import InvalidSubmission, ReviewRefused
from abierto.spaces.forms import find_free_roots
from abierto.tenancy.provisioning import assign_root
from pages.observations.models import ObservationAnswerPage, ObservationPage
from tests.abierto.approval.newsroom import approve, newsroom, submit
from tests.factories import (
    CommitmentPageFactory,
    MicrositePageFactory,
    MunicipalityIndexPageFactory,
    ProgressUpdatePageFactory,
    published,
)
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory
from tests.observation_factories import (
    ObservationAnswerPageFactory,
    ObservationIndexPageFactory,
    ObservationPageFactory,
)
from tests.pages.admin.worlds import build, member, signed_in, space

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def roadmap():
    site = MicrositePageFactory(parent=published(MunicipalityIndexPageFactory()))
    steps = StepListFactory()
    ListedStepFactory(step_list=steps, number=4, name="Se instala el secretariado")
    return published(RoadmapPageFactory(parent=site, step_list=steps))


def test_an_observation_is_on_the_page_it_is_about_until_it_is_closed(client, roadmap):
    step = roadmap.steps.get().step
    draft = ObservationPageFactory(subject=roadmap, step=step, title="Falta el acta")
    assert "Falta el acta" not in read(client, roadmap)

    page = published(draft)
    html = read(client, roadmap)
    assert f'<a href="{page.get_url()}">Falta el acta</a>' in html
    assert "Sin respuesta y fuera de plazo" in html
    assert "Plazo para responder: 1 de marzo de 2024." in html
    assert html.count("4. Se instala el secretariado") == 2

    answer = published(
        ObservationAnswerPageFactory(observation=page, parent=roadmap, title="Ya está el acta")
    )
    html = read(client, roadmap)
    assert "Respondida" in html
    assert f'<a href="{answer.get_url()}">Ya está el acta</a>' in html
    assert "El acta ya está publicada." in read(client, page)
    assert f'<a href="{page.get_url()}">Falta el acta</a>' in read(client, answer)

    page.closed_on, page.outcome, page.closing_reason = (
        datetime.date(2024, 3, 5),
        "resolved",
        "Se vio el acta.",
    )
    published(page)
    html = read(client, roadmap)
    assert "Cerrada" in html
    assert "Se vio el acta." in html


@pytest.mark.parametrize("kind", ["commitment", "update"])
def test_commitments_and_updates_show_their_own_observations(client, kind):
    commitment, other = (published(CommitmentPageFactory(actions=1)) for _ in range(2))
    update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 20}))
    subject = commitment if kind == "commitment" else update
    page = published(ObservationPageFactory(subject=subject, title="Falta la prueba"))

    assert "Falta la prueba" in read(client, subject)
    assert "Falta la prueba" not in read(client, other)
    answer = ObservationAnswerPageFactory(observation=page, parent=commitment, title="Va la prueba")
    assert "Va la prueba" not in read(client, subject)
    published(answer)
    assert "Va la prueba" in read(client, subject)
    page.unpublish()
    assert "Falta la prueba" not in read(client, subject)


def test_the_list_names_only_what_is_public(client, roadmap):
    index = ObservationIndexPageFactory()
    published(ObservationPageFactory(subject=roadmap, title="Falta el acta"))
    ObservationPageFactory(subject=roadmap, title="En borrador")
    assert roadmap.title in read(client, index)

    roadmap.unpublish()

    html = read(client, index)
    assert "Falta el acta" in html
    assert "En borrador" not in html
    assert roadmap.title not in html
    assert "Una página que ya no es pública" in html


def test_an_observation_is_found_in_the_municipality_of_what_it_is_about(roadmap):
    town = roadmap.public_town
    page = ObservationPageFactory(
        subject=roadmap, text="Falta el acta", institution__name="Instituto garante"
    )

    content = page.search_document()
    assert content.municipality == town.name
    assert content.institution == ("Instituto garante",)
    assert any("Falta el acta" in passage.text for passage in content.passages)


# --- What is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"text": " "}, "text"),
        ({"institution": None}, "institution"),
        ({"subject": None}, "subject"),
        ({"issued_on": None}, "issued_on"),
        ({"due_on": datetime.date(2024, 1, 31)}, "due_on"),
        ({"outcome": "resolved", "closing_reason": "Ya"}, "closed_on"),
    ],
)
def test_an_observation_is_not_sent_to_review_with(fields, name):
    room = newsroom()
    page = ObservationPageFactory(**{"subject": room.commitment} | fields)

    assert list(page.publication_errors()) == [name]
    with pytest.raises(InvalidSubmission):
        submit(page, room.editor)


def test_only_public_roadmaps_commitments_and_updates_are_observed(roadmap):
    draft = CommitmentPageFactory()
    plan = draft.get_parent().get_parent()

    for subject in (draft, published(plan.specific)):
        errors = ObservationPageFactory(subject=subject).publication_errors()
        assert "que sea público" in errors["subject"]
    public = published(ObservationPageFactory(subject=roadmap))
    roadmap.unpublish()
    # The closing of what was public is not stopped.
    assert not public.publication_errors()


def test_a_step_of_another_page_is_refused(roadmap):
    own, foreign = roadmap.steps.get().step, ListedStepFactory()

    ObservationPageFactory(subject=roadmap, step=own).clean()
    for fields in ({"subject": roadmap, "step": foreign}, {"subject": CommitmentPageFactory(), "step": own}):
        page = ObservationPageFactory(**fields | {"step": None})
        page.step = fields["step"]
        with pytest.raises(Exception, match="no tiene este paso"):
            page.clean()


def test_an_answer_is_only_to_a_public_observation_of_its_page(roadmap):
    other = published(CommitmentPageFactory())
    foreign = published(ObservationPageFactory(subject=other))
    draft = ObservationPageFactory(subject=roadmap)
    own = published(ObservationPageFactory(subject=roadmap))

    for observation in (foreign, draft, None):
        answer = ObservationAnswerPageFactory(parent=roadmap, observation=observation)
        assert "sobre esta página" in answer.publication_errors()["observation"]
    answer = ObservationAnswerPageFactory(parent=roadmap, observation=own)
    assert not answer.publication_errors()
    answer.answered_on = datetime.date(2024, 1, 1)
    assert "anterior a la observación" in answer.publication_errors()["answered_on"]


# --- Who writes and who approves -----------------------------------------------------------------------


@pytest.fixture
def guarantor():
    """The north is observed by a guarantor with a space of its own."""
    world = build()
    garante = space("Garante")
    index = published(ObservationIndexPageFactory())
    assign_root(garante, index)
    writer, reviewer = member("garante", garante.editors), member("garante-revisa", garante.reviewers)
    return world, index, writer, reviewer


def test_each_part_is_written_by_its_space_and_approved_by_a_second_person(client, guarantor):
    world, index, writer, reviewer = guarantor
    note = ObservationPageFactory(parent=index, subject=world.north, title="Falta abrir datos")
    state = submit(note, writer)
    for stranger in (writer, world.north_reviewer):
        with pytest.raises(ReviewRefused):
            approve(state, stranger)
    approve(state, reviewer)
    note = ObservationPage.objects.get(pk=note.pk)
    assert note.live

    answer = ObservationAnswerPageFactory(parent=world.north, observation=note, title="Se abrieron")
    state = submit(answer, world.north_editor)
    for stranger in (world.north_editor, reviewer):
        with pytest.raises(ReviewRefused):
            approve(state, stranger)
    assert "Se abrieron" not in read(client, world.north)
    approve(state, world.north_reviewer)
    assert "Se abrieron" in read(client, world.north)

    note.closed_on, note.outcome, note.closing_reason = datetime.date(2024, 3, 5), "resolved", "Se revisó."
    state = submit(note, writer)
    assert "Se revisó." not in read(client, note)
    with pytest.raises(ReviewRefused):
        approve(state, writer)
    approve(state, reviewer)
    assert "Se revisó." in read(client, note)


def test_a_list_is_offered_as_the_root_of_a_space_until_it_is_one():
    index = published(ObservationIndexPageFactory())
    assert index.pk in find_free_roots().values_list("pk", flat=True)

    assign_root(space("Garante"), index)

    assert index.pk not in find_free_roots().values_list("pk", flat=True)


def test_the_observed_space_neither_sees_drafts_nor_writes_observations(guarantor):
    world, index, _writer, _reviewer = guarantor
    draft = ObservationPageFactory(parent=index, subject=world.north, title="Borrador del garante")
    client = signed_in(world.north_editor)

    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 404
    assert client.get(
        reverse("wagtailadmin_pages:add", args=["pages", "observationpage", index.pk])
    ).status_code in (403, 404)


def test_the_form_of_an_answer_offers_the_observations_of_its_page(guarantor):
    world, index, _writer, _reviewer = guarantor
    own = published(ObservationPageFactory(parent=index, subject=world.north, title="Sobre el norte"))
    published(ObservationPageFactory(parent=index, subject=world.south, title="Sobre el sur"))
    ObservationPageFactory(parent=index, subject=world.north, title="Borrador del garante")
    client = signed_in(world.north_editor)

    response = client.get(
        reverse("wagtailadmin_pages:add", args=["pages", "observationanswerpage", world.north.pk])
    )

    screen = response.content.decode()
    assert f'<option value="{own.pk}">Sobre el norte</option>' in screen
    assert "Sobre el sur" not in screen
    assert "Borrador del garante" not in screen
    assert not ObservationAnswerPage.objects.exists()
