"""«Por revisar»: the reviews that wait for a user, oldest first, with a constant number of queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from abierto.approval.models import ReviewTask, SubmissionNote
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.notes import attach_note
from abierto.dashboard.queries import find_waiting_reviews
from abierto.deadlines.models import DeadlineSettings
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, person, submit
from tests.abierto.dashboard.open_reviews import submit_many
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BUDGET = 12
QUEUE = "dashboard:queue"


@pytest.fixture
def room():
    return newsroom()


def join_texts(client, user, **query) -> str:
    client.force_login(user)
    response = client.get(reverse(QUEUE), query)
    assert response.status_code == 200
    return response.content.decode()


def waits_since(state: TaskState, days: int) -> None:
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - datetime.timedelta(days=days))


def test_the_queue_shows_title_commitment_sender_and_note(client, room):
    update = draft_update(room)
    submit(update, room.editor)
    attach_note(update, room.editor, "Las cifras salen de la minuta 4.")

    html = join_texts(client, room.reviewer)

    plan = room.commitment.get_parent().get_parent()
    for expected in (
        update.get_admin_display_title(),
        room.commitment.title,
        plan.title,
        room.editor.public_name,
        "minuta 4",
    ):
        assert expected in html
    assert reverse("approval:review", args=[TaskState.objects.get().pk]) in html


@pytest.mark.both_databases
def test_the_oldest_review_comes_first(client, room):
    new, old = draft_update(room), None
    submit(new, room.editor)
    old = factories.DeclarationPageFactory(parent=room.home, title="Declaración que espera")
    waits_since(submit(old, room.editor), 9)

    html = join_texts(client, room.reviewer)

    assert html.index("Declaración que espera") < html.index(new.get_admin_display_title())


def test_a_review_that_waits_too_long_is_late_and_the_term_is_a_setting(client, room):
    waits_since(submit(draft_update(room), room.editor), 6)

    assert "Atrasada: 6 días" in join_texts(client, room.reviewer)
    DeadlineSettings.objects.update_or_create(defaults={"review_days": 8, "state_days": 20})
    assert "Atrasada" not in join_texts(client, room.reviewer)


def test_an_author_does_not_see_her_own_submission(room):
    submit(draft_update(room), room.both)

    assert not find_waiting_reviews(room.both).exists()
    assert find_waiting_reviews(room.reviewer).count() == 1


@pytest.mark.both_databases
def test_only_reviewers_of_the_space_see_a_review(client, room):
    groups = get_or_create_groups("Norte")
    create_space(SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers))
    neighbour = person("vecina", groups.reviewers)
    update = draft_update(room)
    submit(update, room.editor)

    assert update.get_admin_display_title() not in join_texts(client, neighbour)
    assert update.get_admin_display_title() not in join_texts(client, room.editor)


def test_a_decided_review_is_not_listed(client, room):
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer)

    assert "Nada espera tu revisión" in join_texts(client, room.reviewer)


@pytest.mark.both_databases
def test_reviews_are_filtered_by_space_kind_and_days(client, room):
    groups = get_or_create_groups("Norte")
    workflow = create_review_workflow("Norte", groups.reviewers)
    north = create_space(SpaceKind.INSTITUTION, "Norte", "norte", workflow)
    room.reviewer.groups.add(groups.reviewers)
    update = draft_update(room)
    waits_since(submit(update, room.editor), 4)
    page = published(factories.StandardPageFactory(parent=room.home, title="Página del norte"))
    assign_root(north, page)
    page.title = "Página del norte, corregida"
    submit(page, room.editor)

    both = join_texts(client, room.reviewer)
    assert update.get_admin_display_title() in both
    assert "corregida" in both
    assert "corregida" not in join_texts(client, room.reviewer, space=room.space.pk)
    assert update.get_admin_display_title() not in join_texts(client, room.reviewer, space=north.pk)
    kind = page.content_type_id
    assert update.get_admin_display_title() not in join_texts(client, room.reviewer, kind=kind)
    long = join_texts(client, room.reviewer, longer_than=3)
    assert update.get_admin_display_title() in long
    assert "corregida" not in long


@pytest.mark.both_databases
@pytest.mark.parametrize("query", [{"longer_than": "mucho"}, {"space": "9" * 30}, {"kind": "x"}, {"p": "-3"}])
def test_an_invalid_query_string_is_ignored(client, room, query):
    update = draft_update(room)
    submit(update, room.editor)

    assert update.get_admin_display_title() in join_texts(client, room.reviewer, **query)


def test_five_thousand_open_reviews_cost_twelve_queries(client, room):
    submit_many(room, 5000)
    client.force_login(room.reviewer)
    client.get(reverse(QUEUE))  # fills the caches of the process

    with CaptureQueriesContext(
        connection,
    ) as few:
        html = client.get(reverse(QUEUE), {"p": 3}).content.decode()

    assert "Avance 60" in html
    assert "Sale de la minuta." in html
    assert len(few) <= BUDGET, "\n".join(query["sql"][:200] for query in few.captured_queries)


def test_the_dashboard_shows_the_oldest_five_and_the_total(client, room):
    submit_many(room, 40)
    client.force_login(room.reviewer)

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "esperan 40" in html
    assert "Avance 4" in html
    assert "Avance 5<" not in html


# --- The note ------------------------------------------------------------------------------------------


def test_the_note_is_entered_on_submission_and_shown_in_the_review(client, room):
    update = draft_update(room)
    update.save_revision(user=room.editor)
    client.force_login(room.editor)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()
    state = submit(update, room.editor)
    attach_note(update, room.editor, "Mira <la acción 2>.")
    client.force_login(room.reviewer)

    screen = client.get(reverse("approval:review", args=[state.pk])).content.decode()

    assert 'name="submission_note"' in form
    assert "Mira &lt;la acción 2&gt;." in screen
    assert room.editor.public_name in screen


def test_the_second_step_reads_the_same_note(room):
    second = person("secretaria", room.space.administrators)
    room.space.workflow = create_review_workflow("Dos pasos", room.space.reviewers, room.space.administrators)
    room.space.save()
    assign_root(room.space, room.home)
    update = draft_update(room)
    first = submit(update, room.editor)
    note = attach_note(update, room.editor, "Para las dos.")

    approve(first, room.reviewer)

    later = find_waiting_reviews(second).get()
    assert SubmissionNote.objects.get(workflow_state=later.workflow_state) == note


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_note_is_not_saved(room, text):
    update = draft_update(room)
    submit(update, room.editor)

    assert attach_note(update, room.editor, text) is None


def test_a_note_without_a_review_is_not_saved(room):
    assert attach_note(draft_update(room), room.editor, "Hola") is None
    assert not SubmissionNote.objects.exists()
    assert ReviewTask.objects.exists()
