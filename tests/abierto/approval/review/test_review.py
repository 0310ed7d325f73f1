"""Another person approves exactly the version that she read, or nothing happens."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import TaskState
from wagtail.signals import page_published

from abierto.approval.errors import ContentChanged, ReviewRefused
from abierto.approval.models import Approval, ApprovalKind, ReviewTask
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.tenancy.provisioning import assign_root
from tests import factories
from tests.abierto.approval.newsroom import (
    approve,
    approved_revision,
    draft_update,
    fresh,
    ledger,
    newsroom,
    person,
    submit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    return newsroom()


def test_an_update_is_public_after_another_person_approves(room):
    update = draft_update(room)

    approve(submit(update, room.editor), room.reviewer, comment="Coincide con las actas.")

    live = fresh(update)
    row = Approval.latest(live)
    assert live.live
    assert live.live_revision_id == row.revision_number
    assert (row.kind, row.approver, row.reporter) == (ApprovalKind.REVIEW, room.reviewer, room.editor)
    assert row.authors == [room.editor.pk]
    assert row.comment == "Coincide con las actas."
    assert TaskState.objects.get(revision=live.live_revision).comment == "Coincide con las actas."


@pytest.mark.parametrize("who", ["editor", "superuser", "administrator"])
def test_only_the_reviewer_group_decides(room, who):
    update = draft_update(room)
    state = submit(update, room.editor)

    with pytest.raises(ReviewRefused):
        approve(state, getattr(room, who))

    assert not fresh(update).live
    assert ledger(update) == []


def test_an_author_cannot_approve(room):
    update = draft_update(room)
    state = submit(update, room.both)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.both)

    assert not fresh(update).live
    assert "approve" not in [name for name, _, _ in state.task.specific.get_actions(update, room.both)]


def test_the_author_of_an_earlier_draft_cannot_approve(room):
    update = draft_update(room)
    update.narrative = "<p>Primera parte</p>"
    update.save_revision(user=room.both)
    state = submit(update, room.editor)

    with pytest.raises(ReviewRefused):
        approve(state, room.both)


def test_the_submitter_cannot_approve(room):
    update = draft_update(room)
    update.save_revision(user=room.editor)
    update.get_workflow().start(update, room.both)

    with pytest.raises(ReviewRefused):
        approve(fresh(update).current_workflow_task_state, room.both)


def test_authorship_ends_with_the_next_approval(room):
    update = draft_update(room)
    update.owner = room.both
    approved_revision(update, room.both, room.reviewer)
    live = fresh(update)
    live.narrative = "<p>Corrección</p>"

    approve(submit(live, room.editor), room.both)

    assert "Corrección" in fresh(update).narrative
    assert ledger(update) == ["review", "review"]


@pytest.mark.parametrize("token", ["", "0:0", "nada", "9" * 40 + ":x"])
def test_an_invalid_token_approves_nothing(room, token):
    update = draft_update(room)
    state = submit(update, room.editor)

    with pytest.raises(ContentChanged):
        approve(state, room.reviewer, token=token)

    assert not fresh(update).live
    assert ledger(update) == []
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_a_version_saved_after_the_submission_is_not_published(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    unseen = fresh(update).get_latest_revision_as_object()
    unseen.title = "Nadie leyó esto"
    unseen.save_revision(user=room.editor)

    with pytest.raises(ContentChanged):
        approve(state, room.reviewer)

    assert not fresh(update).live


@pytest.mark.both_databases
def test_a_second_decision_changes_nothing(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    approve(state, room.reviewer)

    with pytest.raises(ReviewRefused, match="ya se resolvió"):
        approve(state, room.reviewer)

    assert ledger(update) == ["review"]


def test_a_cancelled_review_cannot_be_approved(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    fresh(update).current_workflow_state.cancel(user=room.editor)

    with pytest.raises(ReviewRefused):
        approve(state, room.reviewer)

    assert not fresh(update).live


def test_returning_requires_and_records_a_reason(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    task = ReviewTask.objects.get(pk=state.task_id)

    with pytest.raises(ReviewRefused):
        task.on_action(state, room.reviewer, "reject", comment="  ")
    task.on_action(state, room.reviewer, "reject", comment="Falta la minuta.")

    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Falta la minuta.")
    assert ledger(update) == []


def test_an_error_while_publishing_is_shown_and_rolled_back(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    later = {"period_start": datetime.date(2024, 1, 1), "period_end": datetime.date(2024, 2, 1)}
    other = factories.ProgressUpdatePageFactory(parent=room.commitment, title="Otro", **later)
    same = {"period_start": update.period_start, "period_end": update.period_end}
    type(other).objects.filter(pk=other.pk).update(**same)

    with pytest.raises(ReviewRefused) as refused:
        approve(state, room.reviewer)

    state.refresh_from_db()
    assert refused.value.sentence
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert ledger(update) == []
    assert not fresh(update).live


@pytest.mark.both_databases
def test_a_failing_receiver_rolls_everything_back(room):
    update = draft_update(room)
    state = submit(update, room.editor)

    def fail(**kwargs: object) -> None:
        raise RuntimeError("se fue la luz")

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            approve(state, room.reviewer)
    finally:
        page_published.disconnect(fail)

    state.refresh_from_db()
    live = fresh(update)
    assert not live.live
    assert live.live_revision_id is None
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert ledger(update) == []


def test_two_steps_need_two_other_people_and_both_are_recorded(room):
    second = person("secretaria")
    second.groups.add(room.space.administrators)
    room.space.workflow = create_review_workflow("Dos pasos", room.space.reviewers, room.space.administrators)
    room.space.save()
    assign_root(room.space, room.home)
    update = draft_update(room)
    first_state = submit(update, room.editor)

    approve(first_state, room.reviewer)

    assert not fresh(update).live
    assert ledger(update) == []
    approve(fresh(update).current_workflow_task_state, second)
    assert fresh(update).live
    assert ledger(update) == ["step", "review"]
    step, last = Approval.objects.of(update).order_by("pk")
    assert (step.approver, last.approver) == (room.reviewer, second)
    assert (step.sha, step.revision_number) == (last.sha, last.revision_number)


def test_deactivating_the_task_publishes_nothing(room):
    update = draft_update(room)
    state = submit(update, room.editor)

    with pytest.raises(ReviewRefused), transaction.atomic():
        ReviewTask.objects.get(pk=state.task_id).deactivate(user=room.superuser)

    assert not fresh(update).live


def test_a_submitted_revision_is_not_overwritten(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    token = build_token(state.revision)
    again = fresh(update).get_latest_revision_as_object()
    again.title = "Autoguardado"

    revision = again.save_revision(user=room.editor, overwrite_revision=state.revision)

    state.revision.refresh_from_db()
    assert revision.pk != state.revision_id
    assert build_token(state.revision) == token


@pytest.mark.both_databases
def test_the_database_refuses_a_review_by_its_author(room):
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.record(room.commitment, ApprovalKind.REVIEW, sha="x", approver=room.both, reporter=room.both)


# --- Through the admin ---------------------------------------------------------------------------------


def decide(client, state, **data):
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[state.revision.object_id, "approve", state.pk]
    )
    return client.post(address, data)


def test_the_modal_shows_both_sides_and_carries_the_token(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    client.force_login(room.reviewer)
    address = reverse("wagtailadmin_pages:workflow_action", args=[update.pk, "approve", state.pk])

    html = client.get(address).json()["html"]

    assert build_token(state.revision) in html
    assert update.title in html
    assert "Campo por campo" in html


def test_the_modal_publishes_what_it_showed(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    client.force_login(room.reviewer)

    response = decide(client, state, token=build_token(state.revision), comment="Bien")

    assert response.status_code == 302
    assert fresh(update).live
    assert Approval.latest(update).comment == "Bien"


def test_a_stale_form_gets_a_409_with_both_versions(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    token = build_token(state.revision)
    newer = fresh(update).get_latest_revision_as_object()
    newer.title = "Título que no leyó"
    newer.save_revision(user=room.editor)
    client.force_login(room.reviewer)

    address = reverse("approval:review", args=[state.pk])
    response = client.post(address, {"action": "approve", "token": token, "comment": "Bien"})

    assert response.status_code == 409
    assert update.title in response.content.decode()
    assert "Título que no leyó" in response.content.decode().replace('<span class="addition">', "").replace(
        "</span>", ""
    )
    assert not fresh(update).live
    assert ledger(update) == []


def test_a_changed_public_version_makes_the_form_stale(client, room):
    approved_revision(draft_update(room), room.editor, room.reviewer)
    update = room.commitment.get_children().live().specific().get()
    update.title = "Segunda vuelta"
    state = submit(update, room.editor)
    token = build_token(state.revision)
    fresh(update).unpublish()
    client.force_login(room.reviewer)

    address = reverse("approval:review", args=[state.pk])
    response = client.post(address, {"action": "approve", "token": token, "comment": ""})

    assert response.status_code == 409
    assert "Lo público cambió" in response.content.decode()
    assert not fresh(update).live


def test_the_modal_redirects_a_stale_decision_to_the_review_page(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    token = build_token(state.revision)
    newer = fresh(update).get_latest_revision_as_object()
    newer.title = "Otro"
    newer.save_revision(user=room.editor)
    client.force_login(room.reviewer)
    address = reverse("wagtailadmin_pages:workflow_action", args=[update.pk, "approve", state.pk])

    client.post(address, {"token": token}, headers={"x-requested-with": "XMLHttpRequest"})

    assert client.get(reverse("approval:review", args=[state.pk])).status_code == 409
    assert not fresh(update).live


def test_the_review_page_shows_figures_and_publishes(client, room):
    approved_revision(draft_update(room), room.editor, room.reviewer)
    update = room.commitment.get_children().live().specific().get()
    row, other = update.rows.all()
    row.percent = 45
    update.rows = [row, other]
    state = submit(update, room.editor)
    client.force_login(room.reviewer)
    address = reverse("approval:review", args=[state.pk])

    page = client.get(address).content.decode()
    response = client.post(
        address, {"action": "approve", "token": build_token(state.revision), "comment": ""}
    )

    figure = re.search(r"<span data-before>(.*?)</span>.*<span data-after>(.*?)</span>", page, re.DOTALL)
    assert [strip_tags(side) for side in figure.groups()] == ["30\xa0%", "45\xa0%"]
    assert "80.00" not in page
    assert response.status_code == 302
    assert fresh(update).rows.get(pk=row.pk).percent == 45


def test_only_reviewers_open_the_review_page(client, room):
    state = submit(draft_update(room), room.editor)
    client.force_login(room.editor)

    assert client.get(reverse("approval:review", args=[state.pk])).status_code == 404


def test_a_missing_reason_to_return_is_shown(client, room):
    state = submit(draft_update(room), room.editor)
    client.force_login(room.reviewer)

    response = client.post(reverse("approval:review", args=[state.pk]), {"action": "reject", "comment": ""})

    assert response.status_code == 200
    assert "Escribe qué debe cambiar" in response.content.decode()


def test_the_editor_links_to_the_review(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    client.force_login(room.reviewer)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()

    assert reverse("approval:review", args=[state.pk]) in page
    assert "data-workflow-action-name" not in page
