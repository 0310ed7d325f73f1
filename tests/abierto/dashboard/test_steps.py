"""Reviews with two steps: the space's reviewers, then the state's, never the same person."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import ContentChanged, NotAllowed, ReviewRefused
from abierto.approval.models import AccountEvent, Approval, ApprovalKind, ReviewTask
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.approval.review.steps import load_step
from abierto.approval.roles.grant_history import record_account_event
from abierto.dashboard.queries import annotate_details, find_returned, find_waiting_reviews
from abierto.dashboard.services import has_second_step, set_second_step
from abierto.deadlines.reminders import send_reminders
from abierto.delegation.models import Delegation
from abierto.delegation.services import grant_delegation
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.history.trace import build_traces
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, person, submit
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@built_once
def staffed():
    """Open a newsroom whose commitment belongs to an institution, with a second step of the state."""
    room = newsroom()
    groups = get_or_create_groups("Norte")
    workflow = create_review_workflow("Revisión de Norte", groups.reviewers)
    room.north = create_space(SpaceKind.INSTITUTION, "Norte", "norte", workflow)
    assign_root(room.north, room.commitment)
    room.author = person("autora", groups.editors)
    room.first = person("primera", groups.reviewers, post="Enlace de la institución")
    room.everywhere = person("en_las_dos", groups.reviewers, room.space.reviewers)
    for user in (room.first, room.reviewer):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    set_second_step(room.north, True, room.administrator)
    return room


@pytest.fixture
def room():
    room = staffed()
    mail.outbox.clear()
    return room


def send_back(state: TaskState, user, comment: str) -> None:
    ReviewTask.objects.get(pk=state.task_id).on_action(state, user, "reject", comment=comment)


def current(page) -> TaskState:
    return fresh(page).current_workflow_task_state


def update_at_second_step(room):
    """Return an update that the institution approved and the state has not decided."""
    update = draft_update(room)
    approve(submit(update, room.author), room.first, comment="Coincide con el acta.")
    return update


# --- Decisions -----------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_publication_follows_the_second_step_and_both_are_recorded(room):
    update = update_at_second_step(room)
    assert not fresh(update).live
    assert ledger(update) == []

    approve(current(update), room.reviewer, comment="De acuerdo.")

    step, last = Approval.objects.of(update).order_by("pk")
    assert fresh(update).live
    assert (step.kind, step.approver, step.comment) == (
        ApprovalKind.STEP,
        room.first,
        "Coincide con el acta.",
    )
    assert (last.kind, last.approver, last.comment) == (ApprovalKind.REVIEW, room.reviewer, "De acuerdo.")
    assert (step.revision_number, step.sha) == (last.revision_number, last.sha)
    assert last.revision_number == fresh(update).live_revision_id
    assert step.created_at < last.created_at


def test_the_public_trace_shows_both_steps(room, rf):
    User.objects.filter(pk=room.reviewer.pk).update(post="Secretaría técnica")
    update = update_at_second_step(room)
    approve(current(update), room.reviewer)

    steps = [
        (step.event, step.person) for step in build_traces([fresh(update)], [], rf.get("/"), update)[0].steps
    ]

    assert steps[-2:] == [
        ("Aprobó un paso antes:", "Enlace de la institución"),
        ("Aprobó otra persona:", "Secretaría técnica"),
    ]


@pytest.mark.both_databases
def test_a_first_step_in_the_ledger_does_not_allow_publication(room):
    update = update_at_second_step(room)
    revision = current(update).revision
    row = Approval(kind=ApprovalKind.STEP, sha="x", revision_number=revision.pk)

    assert not row.allows("x", revision.pk)


def test_the_approver_of_the_first_step_cannot_approve_the_second(room):
    update = draft_update(room)
    approve(submit(update, room.author), room.everywhere)

    with pytest.raises(ReviewRefused, match="Ya aprobaste un paso"):
        approve(current(update), room.everywhere)

    assert not fresh(update).live
    assert current(update).status == TaskState.STATUS_IN_PROGRESS
    assert not find_waiting_reviews(room.everywhere).exists()
    assert find_waiting_reviews(room.reviewer).exists()


@pytest.mark.parametrize(
    ("who", "sentence"), [("first", "Otra persona fijó tu contraseña"), ("reviewer", "Quien aprobó antes")]
)
def test_a_key_setter_of_the_first_approver_cannot_approve_the_second(room, who, sentence):
    update = update_at_second_step(room)
    holder, held = (room.first, room.reviewer) if who == "first" else (room.reviewer, room.first)
    record_account_event(AccountEvent.KEY, held, holder)

    with pytest.raises(ReviewRefused, match=sentence):
        approve(current(update), room.reviewer)

    assert not fresh(update).live


def test_an_author_cannot_approve_the_second_step(room):
    update = draft_update(room)
    update.save_revision(user=room.reviewer)
    approve(submit(update, room.author), room.first)

    with pytest.raises(ReviewRefused, match="Escribiste"):
        approve(current(update), room.reviewer)


def test_the_second_step_checks_the_version_token(room):
    update = update_at_second_step(room)

    with pytest.raises(ContentChanged):
        approve(current(update), room.reviewer, token="0:nada:")

    assert current(update).revision == TaskState.objects.get(finished_by=room.first).revision
    assert not fresh(update).live


@pytest.mark.both_databases
def test_an_edit_between_the_steps_voids_both(room):
    update = update_at_second_step(room)
    state, token = current(update), build_token(current(update).revision)
    draft = fresh(update).get_latest_revision_as_object()
    draft.title = "Otra cosa"
    draft.save_revision(user=room.author)

    with pytest.raises(ReviewRefused):
        approve(state, room.reviewer, token=token)
    again = submit(fresh(update).get_latest_revision_as_object(), room.author)

    assert again.task.name == room.north.reviewers.name
    assert load_step(again).earlier_approvals == ()
    assert ledger(update) == []


def test_content_returned_at_the_second_step_starts_again_at_the_first(room):
    update = update_at_second_step(room)

    send_back(current(update), room.reviewer, "Falta la minuta.")
    returned = find_returned(room.author).get()
    draft = fresh(update).get_latest_revision_as_object()
    draft.narrative = "<p>Con la minuta.</p>"
    draft.save_revision(user=room.author)
    WorkflowState.objects.get(pk=returned.pk).resume(room.author)

    assert returned.current_task_state.comment == "Falta la minuta."
    assert returned.current_task_state.task.name == room.space.reviewers.name
    assert current(update).task.name == room.north.reviewers.name
    approve(current(update), room.first)
    assert not fresh(update).live
    approve(current(update), room.reviewer)
    assert fresh(update).live
    assert ledger(update) == ["step", "review"]


@pytest.mark.both_databases
def test_unchanged_returned_content_resumes_at_its_step(room):
    update = update_at_second_step(room)
    send_back(current(update), room.reviewer, "¿Seguro?")

    fresh(update).current_workflow_state.resume(room.author)

    assert current(update).task.name == room.space.reviewers.name


def test_a_deputy_of_the_first_approver_cannot_approve_the_second(room):
    update = draft_update(room)
    approve(submit(update, room.author), room.everywhere)
    today = timezone.localdate()
    deputy = person("suplente", room.space.editors)
    terms = {"starts": today, "ends": today + datetime.timedelta(days=3), "reason": "Vacaciones"}
    grant_delegation(Delegation(absent=room.everywhere, deputy=deputy, **terms), room.administrator)

    with pytest.raises(ReviewRefused, match="Quien aprobó antes"):
        approve(current(update), deputy)

    assert not fresh(update).live


# --- Screens and e-mails -------------------------------------------------------------------------------


def test_the_review_shows_its_step_and_the_next(client, room):
    update = draft_update(room)
    state = submit(update, room.author)
    client.force_login(room.first)

    screen = client.get(reverse("approval:review", args=[state.pk])).content.decode()
    sent = {"action": "approve", "token": build_token(state.revision), "comment": ""}
    done = client.post(reverse("approval:review", args=[state.pk]), sent, follow=True).content.decode()
    client.force_login(room.reviewer)
    second = client.get(reverse("approval:review", args=[current(update).pk])).content.decode()

    assert "Paso 1 de 2" in screen
    assert f"sigue «{room.space.reviewers.name}»" in screen
    assert "Aprobar este paso" in screen
    assert "Aprobar y publicar" not in screen
    assert "Todavía no es público" in done
    assert "Paso 2 de 2" in second
    assert f"Ya aprobó {room.first.public_name}" in second
    assert "Aprobar y publicar" in second


@pytest.mark.both_databases
def test_the_queue_shows_the_step_without_more_queries(room):
    update = draft_update(room)
    submit(update, room.author)

    first = annotate_details(find_waiting_reviews(room.first)).get()
    assert (first.step_number, first.step_total, first.step_next) == (1, 2, room.space.reviewers.name)
    approve(current(update), room.first)
    second = annotate_details(find_waiting_reviews(room.reviewer)).get()
    assert (second.step_number, second.step_total, second.step_next) == (2, 2, None)


@pytest.mark.both_databases
def test_the_overdue_notice_goes_to_the_reviewers_of_the_step(room):
    update_at_second_step(room)
    TaskState.objects.update(started_at=timezone.now() - datetime.timedelta(days=6))
    mail.outbox.clear()

    list(send_reminders())

    recipients = {address for letter in mail.outbox for address in letter.to}
    assert room.reviewer.email in recipients
    assert room.first.email not in recipients
    assert any("Esperan en el paso 2 de 2" in letter.body for letter in mail.outbox)


def test_returned_content_is_resubmitted_without_choosing_a_step(client, room):
    update = update_at_second_step(room)
    send_back(current(update), room.reviewer, "Falta la minuta.")
    client.force_login(room.author)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()
    owed = client.get(reverse("dashboard:pending")).content.decode()

    assert "Enviar otra vez a revisión" in form
    assert "action-restart-workflow" not in form
    assert room.space.reviewers.name in owed


# --- Configuration -------------------------------------------------------------------------------------


def test_the_state_configures_steps_on_screen_and_on_record(client, room, django_capture_on_commit_callbacks):
    client.force_login(room.administrator)
    listed = client.get(reverse("dashboard:steps")).content.decode()
    address = reverse("dashboard:space_steps", args=[room.north.pk])

    form = client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"steps": "1"})

    assert "Norte" in listed
    assert "Dos pasos" in form
    assert not has_second_step(room.north)
    row = Approval.latest(room.north.workflow)
    assert (row.kind, row.approver) == (ApprovalKind.DIRECT, room.administrator)
    assert {room.reviewer.email, room.first.email} <= {to for letter in mail.outbox for to in letter.to}


@pytest.mark.parametrize("who", ["editor", "reviewer", "first", "author"])
def test_other_users_cannot_configure_steps(client, room, who):
    client.force_login(getattr(room, who))

    for address in (reverse("dashboard:steps"), reverse("dashboard:space_steps", args=[room.north.pk])):
        assert client.get(address).status_code == 404
        assert client.post(address, {"steps": "1"}).status_code == 404
    with pytest.raises(NotAllowed):
        set_second_step(room.north, False, getattr(room, who))
    assert has_second_step(room.north)


def test_the_review_of_the_state_has_one_step(room):
    with pytest.raises(NotAllowed, match="no hay otro paso"):
        set_second_step(room.space, True, room.administrator)


def test_a_removed_step_is_still_required_by_waiting_reviews(room):
    update = update_at_second_step(room)
    set_second_step(room.north, False, room.administrator)
    assert load_step(current(update)).is_last

    approve(current(update), room.reviewer)

    assert fresh(update).live
    assert ledger(update) == ["step", "review"]


def test_an_added_step_is_required_by_waiting_reviews(room):
    set_second_step(room.north, False, room.administrator)
    public = published(draft_update(room))
    public.title = "Segunda vuelta"
    state = submit(public, room.author)
    set_second_step(room.north, True, room.administrator)

    approve(state, room.first)

    assert fresh(public).title != "Segunda vuelta"
    assert current(public).task.name == room.space.reviewers.name
