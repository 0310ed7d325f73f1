"""A translation is sent from its editor and approved by another person; its strings follow the source."""

import pytest
from django.urls import reverse

from abierto.approval.errors import ReviewRefused
from abierto.approval.models import Approval, SubmissionNote
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle, submit_bundle
from abierto.translations.services import send_translation, write_draft
from abierto.translations.strings import read_progress
from tests.abierto.approval.newsroom import approve, fresh
from tests.factories import published

from .translating import build_translating, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return build_translating()


def send(client, work, user, note="") -> int:
    client.force_login(user)
    address = reverse("translations:send", args=[work.translation.pk])
    return client.post(address, {"submission_note": note}).status_code


def test_a_translation_is_sent_and_approved_by_another_person(client, work):
    translate(work.translation, work.room.editor, title="What open government is", summary="How it works.")

    assert send(client, work, work.room.editor, "Revisa los términos.") == 302
    state = fresh(work.target).current_workflow_task_state
    assert not fresh(work.target).live
    assert SubmissionNote.objects.get().text == "Revisa los términos."
    with pytest.raises(ReviewRefused):
        approve(state, work.room.editor)

    approve(state, work.room.reviewer)
    target = fresh(work.target)
    assert (target.live, target.title) == (True, "What open government is")
    assert Approval.latest(target).approver == work.room.reviewer


def test_what_is_public_stays_until_the_new_text_is_approved(work):
    translate(work.translation, work.room.editor)
    approve(send_translation(work.translation, work.room.editor).current_task_state, work.room.reviewer)
    public = fresh(work.target).title

    translate(work.translation, work.room.editor, title="Another title")
    state = send_translation(work.translation, work.room.editor)
    assert fresh(work.target).title == public
    approve(state.current_task_state, work.room.reviewer)
    assert fresh(work.target).title == "Another title"


def test_an_incomplete_translation_names_what_is_missing(client, work):
    translate(work.translation, work.room.editor, title="What open government is")

    client.force_login(work.room.editor)
    response = client.post(reverse("translations:send", args=[work.translation.pk]))

    assert response.status_code == 409
    assert "Falta traducir 1 texto: «Cómo cumple el Estado.»" in response.content.decode()
    assert not fresh(work.target).current_workflow_state


def test_what_was_typed_stays_when_sending_is_refused(work):
    translate(work.translation, work.room.editor, title="What open government is")
    with pytest.raises(ReviewRefused):
        send_translation(work.translation, work.room.editor)
    assert [string.path for string in read_progress(work.translation).missing] == ["summary"]


def test_a_translation_in_review_is_not_sent_twice(work):
    translate(work.translation, work.room.editor)
    send_translation(work.translation, work.room.editor)
    with pytest.raises(ReviewRefused, match="ya está en revisión"):
        send_translation(work.translation, work.room.editor)


def test_the_translation_of_a_withdrawn_page_is_not_sent(work):
    translate(work.translation, work.room.editor)
    work.source.unpublish(user=work.room.reviewer)
    with pytest.raises(ReviewRefused, match="ya no es público"):
        send_translation(work.translation, work.room.editor)


@pytest.mark.parametrize("who", ["reviewer", "superuser"])
def test_only_its_editors_send_a_translation(client, work, who):
    translate(work.translation, work.room.editor)
    expected = {"reviewer": (404, 409), "superuser": (302,)}[who]
    assert send(client, work, getattr(work.room, who)) in expected


def test_a_published_change_of_the_source_is_missing_with_its_earlier_translation(work):
    translate(work.translation, work.room.editor)
    assert read_progress(work.translation).missing == ()

    source = fresh(work.source)
    source.title = "Qué es el gobierno abierto"
    published(source)

    [string] = read_progress(work.translation).changed
    assert (string.earlier, string.text) == ("Qué es gobierno abierto", "Qué es el gobierno abierto")
    assert string.earlier_translation == "EN Qué es gobierno abierto"


def test_a_draft_of_the_source_changes_no_string(work):
    translate(work.translation, work.room.editor)
    source = fresh(work.source)
    source.title = "Un borrador"
    source.save_revision(user=work.room.editor)
    assert read_progress(work.translation).missing == ()


def test_a_draft_has_the_text_of_the_source_where_a_translation_is_missing(work):
    translate(work.translation, work.room.editor, title="What open government is")
    draft = write_draft(work.translation, work.room.editor).as_object()
    assert (draft.title, draft.summary) == ("What open government is", "Cómo cumple el Estado.")


def test_the_editor_shows_the_progress_and_the_form(client, work):
    translate(work.translation, work.room.editor, title="What open government is")
    client.force_login(work.room.editor)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[work.target.pk])).content.decode()
    assert "Traducidos: 1 de 2 textos." in shown
    assert reverse("translations:send", args=[work.translation.pk]) in shown


def test_the_editor_of_a_returned_translation_reads_why(client, work):
    translate(work.translation, work.room.editor)
    state = send_translation(work.translation, work.room.editor).current_task_state
    task = state.task.specific
    task.on_action(state, work.room.reviewer, "reject", comment="Falta un acento.")

    client.force_login(work.room.editor)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[work.target.pk])).content.decode()
    assert "Falta un acento." in shown

    translate(work.translation, work.room.editor, title="Corrected")
    approve(send_translation(work.translation, work.room.editor).current_task_state, work.room.reviewer)
    assert fresh(work.target).title == "Corrected"


def test_a_bundle_takes_the_translated_strings(work):
    translate(work.translation, work.room.editor, title="What open government is", summary="How it works.")
    bundle = submit_bundle(Bundle(name="En inglés"), [work.target], work.room.editor)
    approve_bundle(
        bundle,
        work.room.reviewer,
        {
            item.pk: build_token(item.workflow_state.current_task_state.revision)
            for item in load_items(bundle)
        },
        "",
    )
    assert fresh(work.target).title == "What open government is"


def test_a_bundle_refuses_an_incomplete_translation(work):
    with pytest.raises(ReviewRefused, match="Faltan por traducir 2 textos"):
        submit_bundle(Bundle(name="En inglés"), [work.target], work.room.editor)
    assert not Bundle.objects.exists()


def test_a_stopped_translation_has_its_strings_in_the_draft(client, work):
    translate(work.translation, work.room.editor, title="What open government is")
    client.force_login(work.room.editor)
    client.post(reverse("wagtail_localize:stop_translation", args=[work.translation.pk]))

    work.translation.refresh_from_db()
    assert not work.translation.enabled
    assert fresh(work.target).get_latest_revision_as_object().title == "What open government is"
    form = client.get(reverse("wagtailadmin_pages:edit", args=[work.target.pk])).content.decode()
    assert 'value="What open government is"' in form


def test_stopping_a_translation_under_review_leaves_the_review(client, work):
    translate(work.translation, work.room.editor)
    send_translation(work.translation, work.room.editor)
    client.force_login(work.room.editor)
    client.post(reverse("wagtail_localize:stop_translation", args=[work.translation.pk]))
    assert fresh(work.target).current_workflow_state is not None
