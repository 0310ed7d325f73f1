"""The reviewer of a translation reads the source, the public text and the new one in one table."""

import pytest
from django.urls import reverse

from abierto.translations.services import send_translation
from abierto.translations.side_by_side import list_rows
from tests.abierto.approval.newsroom import approve, draft_update, submit
from tests.factories import published

from .translating import build_translating, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return build_translating()


def test_the_review_shows_source_public_and_new_text(client, work):
    translate(work.translation, work.room.editor, title="Open government", summary="How it works.")
    approve(send_translation(work.translation, work.room.editor).current_task_state, work.room.reviewer)
    translate(work.translation, work.room.editor, title="What open government is")
    state = send_translation(work.translation, work.room.editor).current_task_state

    client.force_login(work.room.reviewer)
    shown = client.get(reverse("approval:review", args=[state.pk])).content.decode()

    assert "Junto al original" in shown
    row = shown[shown.index('<td lang="es-MX">Qué es gobierno abierto') :].split("</tr>")[0]
    assert '<td lang="en">Open government</td>' in row
    assert "<strong>What open government is</strong>" in row


def test_paragraphs_stand_beside_their_own_source(work):
    page = work.source.specific
    page.body = [("paragraph", "<p>Uno.</p><p>Dos.</p>")]
    published(page)
    translate(work.translation, work.room.editor)
    state = send_translation(work.translation, work.room.editor).current_task_state

    rows = list_rows(work.translation, state.revision.as_object(), None)
    pairs = {row.source: row.new for row in rows}
    assert (pairs["Uno."], pairs["Dos."]) == ("EN Uno.", "EN Dos.")


def test_a_page_that_is_no_translation_has_no_table(client, work):
    state = submit(draft_update(work.room), work.room.editor)
    client.force_login(work.room.reviewer)
    assert "Junto al original" not in client.get(reverse("approval:review", args=[state.pk])).content.decode()
