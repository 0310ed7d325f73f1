"""E-mails about submissions and returned content: one for each, with the note."""

import datetime

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from abierto.approval.models import ReviewTask
from abierto.approval.review.decisions import build_token
from abierto.approval.review.formatting import format_value
from abierto.bundles.models import Bundle
from abierto.bundles.queries import current_task_state, load_items
from abierto.bundles.services import approve_bundle, return_bundle, submit_bundle
from abierto.delegation.models import Delegation
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, person, submit
from tests.factories import published
from tests.pages.admin.worlds import opened, posted, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    room = newsroom()
    for user in (room.editor, room.reviewer, room.both, room.superuser):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    return room


def letters(address: str) -> list[mail.EmailMessage]:
    return [letter for letter in mail.outbox if letter.to == [address]]


def send_back(state, user, comment: str) -> None:
    ReviewTask.objects.get(pk=state.task_id).on_action(state, user, "reject", comment=comment)


def test_the_reviewers_email_carries_the_note_of_the_form(room, django_capture_on_commit_callbacks):
    page = fresh(published(factories.CommitmentPageFactory(code="2.1", actions=1)))
    editor = signed_in(room.editor)
    form = opened(editor, page) | {"problem": "Más claro", "submission_note": "Sale del acta de marzo."}
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert posted(editor, page, form, "action-submit").status_code == 302

    (letter,) = letters(room.reviewer.email)
    state = fresh(page).current_workflow_task_state
    assert "Sale del acta de marzo." in letter.body
    assert reverse("approval:review", args=[state.pk]) in letter.body
    assert page.title in letter.subject
    assert {letter.to[0] for letter in mail.outbox} == {room.reviewer.email, room.both.email}


def test_a_rolled_back_submission_sends_no_email(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        submit(draft_update(room), room.editor)

    assert mail.outbox == []
    assert waiting


def test_a_user_without_notifications_gets_none_and_a_deputy_does(room, django_capture_on_commit_callbacks):
    profile = UserProfile.get_for_user(room.reviewer)
    profile.submitted_notifications = False
    profile.save()
    deputy = person("suplente", email="suplente@ejemplo.mx")
    today = timezone.localdate()
    Delegation.objects.create(
        absent=room.reviewer,
        deputy=deputy,
        starts=today,
        ends=today + datetime.timedelta(days=1),
        reason="Viaje",
        granted_by=room.administrator,
    )

    with django_capture_on_commit_callbacks(execute=True):
        submit(draft_update(room), room.editor)

    assert letters(room.reviewer.email) == []
    assert len(letters(deputy.email)) == 1


def test_a_bundle_sends_one_email(room, django_capture_on_commit_callbacks):
    pages = [draft_update(room), fresh(room.commitment)]
    for page in pages:
        page.save_revision(user=room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        submit_bundle(Bundle(name="Trimestre", note="Todo junto."), pages, room.editor)

    (letter,) = letters(room.reviewer.email)
    assert "Trimestre" in letter.subject


def test_the_email_of_a_bundle_page_links_to_the_bundle(room, django_capture_on_commit_callbacks):
    update = draft_update(room)
    update.save_revision(user=room.editor)

    with django_capture_on_commit_callbacks(execute=True):
        bundle = submit_bundle(Bundle(name="Trimestre", note="Todo junto."), [update], room.editor)

    (letter,) = letters(room.reviewer.email)
    assert reverse("bundles:detail", args=[bundle.pk]) in letter.body
    assert "Todo junto." in letter.body


def test_returned_content_notifies_sender_and_author_with_the_reason(
    room, django_capture_on_commit_callbacks
):
    author = person("autora", room.space.editors, email="autora@ejemplo.mx")
    update = draft_update(room)
    update.save_revision(user=author)
    update.get_workflow().start(update, room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        send_back(fresh(update).current_workflow_task_state, room.reviewer, "Falta la minuta de marzo.")

    for user in (room.editor, author):
        (letter,) = letters(user.email)
        assert "Falta la minuta de marzo." in letter.body
        assert room.reviewer.public_name in letter.body
    assert letters(room.reviewer.email) == []


def test_returned_content_links_to_its_editor(room, django_capture_on_commit_callbacks):
    update = draft_update(room)
    state = submit(update, room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        send_back(state, room.reviewer, "Falta la minuta.")

    (letter,) = letters(room.editor.email)
    assert reverse("wagtailadmin_pages:edit", args=[update.pk]) in letter.body
    assert letter.body.count("http") == 1


def test_approved_content_notifies_sender_and_author_with_its_public_address(
    room, django_capture_on_commit_callbacks
):
    update = draft_update(room)
    state = submit(update, room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        approve(state, room.reviewer, comment="Muy claro.")

    (letter,) = letters(room.editor.email)
    assert letter.subject == f"Se aprobó: {state.revision.object_str}"
    assert room.reviewer.public_name in letter.body
    assert "Muy claro." in letter.body
    assert "Ya es público." in letter.body
    assert letter.body.endswith(f"{settings.WAGTAILADMIN_BASE_URL}{fresh(update).get_url()}")
    assert [sent.to for sent in mail.outbox] == [[room.editor.email]]


def test_content_approved_with_a_date_says_it_and_links_to_the_admin(
    room, django_capture_on_commit_callbacks
):
    update = draft_update(room)
    update.go_live_at = timezone.now() + datetime.timedelta(days=3)
    state = submit(update, room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        approve(state, room.reviewer)

    (letter,) = letters(room.editor.email)
    assert f"Se publica el {format_value(update.go_live_at)}" in letter.body
    assert reverse("wagtailadmin_pages:edit", args=[update.pk]) in letter.body
    assert str(update.get_url()) not in letter.body


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_a_decision_on_a_bundle_sends_one_email(room, django_capture_on_commit_callbacks, decision):
    pages = [draft_update(room), fresh(room.commitment)]
    for page in pages:
        factories.complete(page)
        page.save_revision(user=room.editor)
    date = timezone.now() + datetime.timedelta(days=3)
    bundle = submit_bundle(Bundle(name="Trimestre", note="Todo.", go_live_at=date), pages, room.editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        if decision == "approve":
            states = {item.pk: current_task_state(item) for item in load_items(bundle)}
            tokens = {pk: build_token(state.revision) for pk, state in states.items()}
            approve_bundle(bundle, room.reviewer, tokens, "")
        else:
            return_bundle(bundle, room.reviewer, "Falta la minuta.")

    (letter,) = letters(room.editor.email)
    assert "Trimestre" in letter.subject
    assert reverse("bundles:detail", args=[bundle.pk]) in letter.body
    assert letter.body.count("http") == 1
    assert (f"Se publica el {format_value(date)}" in letter.body) == (decision == "approve")


def test_editing_submitted_content_notifies_reviewers_and_sender_once(room):
    update = draft_update(room)
    update.save_revision(user=room.editor)
    update.get_workflow().start(update, room.both)
    mail.outbox.clear()

    for words in ("Una vez", "Otra vez"):
        draft = fresh(update).get_latest_revision_as_object()
        draft.title = words
        draft.save_revision(user=room.editor)

    assert not WorkflowState.objects.filter(status="in_progress").exists()
    assert sorted(letter.to[0] for letter in mail.outbox) == [room.both.email, room.reviewer.email]
    assert all("Volvió a ser borrador" in letter.body for letter in mail.outbox)
    assert all(letter.subject.startswith("Salió de la revisión") for letter in mail.outbox)


def test_saving_unchanged_content_sends_no_email(room):
    update = draft_update(room)
    submit(update, room.editor)
    mail.outbox.clear()

    fresh(update).get_latest_revision_as_object().save_revision(user=room.editor)

    assert mail.outbox == []
